# What a gallery asks of a module, and what a session pays for it.
BeforeAll {
    Import-Module $env:POLICYLINT_MODULE
}

Describe 'the manifest' {
    It 'is whole, and of the version of the program' {
        $manifest = Test-ModuleManifest -Path $env:POLICYLINT_MODULE
        & policylint --version | Should -BeLike "policylint $($manifest.Version), *"
        $manifest.Description | Should -Not -BeNullOrEmpty
        $manifest.Author | Should -Not -BeNullOrEmpty
    }

    It 'exports what is documented, each with examples' {
        $commands = @((Get-Command -Module PolicyLint).Name)
        $commands.Count | Should -Be 8
        foreach ($command in $commands) { @((Get-Help $command -Full).examples.example).Count | Should -BeGreaterThan 0 }
        (Get-Help about_PolicyLint | Out-String).Length | Should -BeGreaterThan 500
    }
}

Describe 'a package of the module' -Skip:(-not (Get-Command Publish-PSResource -ErrorAction SilentlyContinue)) {
    It 'is published into a folder and installed from there' {
        $folder = Join-Path $TestDrive 'gallery'
        $null = New-Item -ItemType Directory -Path $folder
        $repository = "policylint-$([guid]::NewGuid())"
        Register-PSResourceRepository -Name $repository -Uri $folder -Trusted
        try {
            $null = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'saved')
            Publish-PSResource -Path (Split-Path $env:POLICYLINT_MODULE) -Repository $repository
            Save-PSResource -Name PolicyLint -Repository $repository -Path (Join-Path $TestDrive 'saved')
        }
        finally { Unregister-PSResourceRepository -Name $repository }
        $manifest = Get-ChildItem -LiteralPath (Join-Path $TestDrive 'saved') -Recurse -Filter PolicyLint.psd1
        (Test-ModuleManifest -Path $manifest.FullName).ExportedFunctions.Count | Should -Be 8
    }
}

Describe 'completion' {
    It 'completes by the lists of the program: <Text>' -ForEach @(
        @{ Text = 'Test-MobileDevicePolicy -Device wp7.'; Wanted = @('wp7.0', 'wp7.5', 'wp7.8') }
        @{ Text = 'Get-MobileDevicePolicyVerdict -Server exchange-201'; Wanted = @('exchange-2010', 'exchange-2013', 'exchange-2016', 'exchange-2019') }
    ) {
        @((TabExpansion2 $Text $Text.Length).CompletionMatches.CompletionText) | Should -Be $Wanted
    }
}
