# Bad input is one clear error record each; the other policies are judged, and nothing is left running.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Answers.ps1')
    Import-Module $env:POLICYLINT_MODULE

    function Use-Program {
        # what is on the PATH from here on: a script in place of the program, or nothing
        param([string] $Text)
        & (Get-Module PolicyLint) { $script:Program = $null }
        $env:POLICYLINT = Join-Path $TestDrive "program-$([guid]::NewGuid())"
        if ($Text) {
            [System.IO.File]::WriteAllText($env:POLICYLINT, "#!/bin/sh`n$Text`n")
            chmod +x $env:POLICYLINT
        }
    }
}

Describe 'bad input' {
    It 'says what to do: <Name>' -ForEach @(
        @{ Name = 'a file that is not there'; Script = { Test-MobileDevicePolicy -Path none.xml }; Says = 'none.xml' }
        @{ Name = 'an empty pipeline'; Script = { @() | Test-MobileDevicePolicy }; Says = 'No policy came' }
        @{ Name = 'an object that is no policy'; Script = { 1 | Test-MobileDevicePolicy }; Says = 'polic' }
        @{ Name = 'a device that nobody knows'; Script = { [pscustomobject]@{ Name = 'P'; AllowCamera = $true } | Test-MobileDevicePolicy -Device nonsense }; Says = 'nonsense' }
        @{ Name = 'a single account'; Script = { [pscustomobject]@{ Name = 'P'; AllowCamera = $true } | Merge-MobileDevicePolicy }; Says = 'two policies' }
        @{ Name = 'a command that does not run here'; Script = { [pscustomobject]@{ Name = 'P'; AllowCamera = $false; AllowNonProvisionableDevices = $false } | Repair-MobileDevicePolicy -Device wp7 -Strategy relax -Confirm:$false }; Says = 'not in this session' }
    ) {
        $told = @(Get-Told $Script)
        $told.Count | Should -Be 1
        "$told" | Should -BeLike "*$Says*"
        $told[0].CategoryInfo.Category | Should -Not -Be NotSpecified
    }

    It 'hides no other policy' {
        $good = [pscustomobject]@{ Name = 'Good'; AllowNonProvisionableDevices = $false; AllowCamera = $false }
        $odd = [pscustomobject]@{ Name = 'Odd'; AllowNonProvisionableDevices = 'perhaps'; AllowCamera = $false }
        $found = $odd, $good | Test-MobileDevicePolicy -Device wp7
        @($found | Where-Object { $_.Policy -eq 'Good' -and $_.Rule -eq 'EAS101' }).Count | Should -Be 1
        @($found | Where-Object { $_.Policy -eq 'Odd' -and $_.Rule -eq 'EAS001' }).Count | Should -Be 1
    }
}

Describe 'the program' -Skip:$IsWindows {
    AfterEach {
        $env:POLICYLINT = $null
        & (Get-Module PolicyLint) { $script:Program = $null }
    }

    It 'is found where it is only reached as <Way>' -ForEach @(
        @{ Way = 'py -m policylint'; Name = 'py'; Skipped = 2 }
        @{ Way = 'uvx policylint'; Name = 'uvx'; Skipped = 1 }
    ) {
        $program = (Get-Command policylint -CommandType Application | Select-Object -First 1).Path
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive $Name)
        $front = Join-Path $folder $Name
        [System.IO.File]::WriteAllText($front, "#!/bin/sh`nshift $Skipped`nexec '$program' `"`$@`"`n")
        chmod +x $front
        $path = $env:PATH
        & (Get-Module PolicyLint) { $script:Program = $null }
        $env:PATH = "${folder}:/usr/bin:/bin"
        try { (Get-PolicyLintRule EAS101).Name | Should -Be 'setting-blocks-sync' } finally { $env:PATH = $path }
    }

    It 'is missing' {
        Use-Program
        "$(Get-Told { Get-PolicyLintRule })" | Should -BeLike '*Install it with*'
    }

    It 'is something else' {
        Use-Program 'echo something else'
        "$(Get-Told { Get-PolicyLintRule })" | Should -BeLike '*does not answer as policylint does*'
    }

    It 'has another version' {
        Use-Program 'case "$1" in --version) echo "policylint 9.9.9, knowledge 1";; *) echo "{\"rules\": []}";; esac'
        Get-PolicyLintRule -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*program is version 9.9.9*'
    }

    It 'dies half-way' {
        Use-Program 'case "$1" in --version) exec policylint --version;; *) echo "{\"fin"; kill -9 $$;; esac'
        $told = @(Get-Told { [pscustomobject]@{ Name = 'P'; AllowCamera = $false } | Test-MobileDevicePolicy })
        $told.Count | Should -Be 1
        "$told" | Should -BeLike '*ended with exit code*'
    }

    It 'says more than JSON' {
        Use-Program 'case "$1" in --version) exec policylint --version;; *) echo "{\"fin"; exit 0;; esac'
        "$(Get-Told { [pscustomobject]@{ Name = 'P'; AllowCamera = $false } | Test-MobileDevicePolicy })" |
            Should -BeLike '*is not whole*'
    }

    It 'is stopped with the pipeline' {
        $marker = Join-Path $TestDrive 'running'
        Use-Program "case `"`$1`" in --version) exec policylint --version;; *) echo `$`$ > '$marker'; exec sleep 600;; esac"
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($module, $program)
                $env:POLICYLINT = $program
                Import-Module $module
                Get-PolicyLintRule
            }).AddArgument($env:POLICYLINT_MODULE).AddArgument($env:POLICYLINT)
        $running = $shell.BeginInvoke()
        while (-not (Test-Path -LiteralPath $marker) -or -not (Get-Content -LiteralPath $marker)) { Start-Sleep -Milliseconds 50 }
        $child = [int] (Get-Content -LiteralPath $marker)
        $shell.Stop()
        try { $shell.EndInvoke($running) } catch { $null = $_ }
        $shell.Dispose()
        foreach ($attempt in 1..100) {
            if (-not (Get-Process -Id $child -ErrorAction SilentlyContinue)) { break }
            Start-Sleep -Milliseconds 50
        }
        Get-Process -Id $child -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}
