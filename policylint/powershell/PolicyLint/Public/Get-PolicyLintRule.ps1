function Get-PolicyLintRule {
    <#
    .SYNOPSIS
    Explains the rules by which policies are judged.
    .DESCRIPTION
    Returns a PolicyLint.Rule for each rule, with its meaning, why it matters, what to do, and its sources.
    .PARAMETER Name
    Ids or names of rules; wildcards are allowed.
    .PARAMETER Rules
    Folders with rules and devices of your own.
    .EXAMPLE
    Get-PolicyLintRule
    .EXAMPLE
    Get-PolicyLintRule -Name EAS101 | Format-List *
    #>
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)] [Alias('Rule')] [string[]] $Name = '*',
        [string[]] $Rules
    )
    process {
        $shared = @{}
        if ($Rules) { $shared['Rules'] = $Rules }
        $found = Invoke-Program -Arguments (@('rules', '--output=json') + @(Get-CommonArgument -Bound $shared))
        if ($null -eq $found) { return }
        foreach ($rule in @($found.rules)) {
            $wanted = @($Name | Where-Object { $rule.id -like $_ -or $rule.name -like $_ })
            if (-not $wanted) { continue }
            [pscustomobject]@{
                PSTypeName = 'PolicyLint.Rule'
                Rule       = $rule.id
                Name       = $rule.name
                Severity   = $rule.severity
                Effect     = $rule.effect
                Meaning    = $rule.meaning
                Why        = $rule.why
                WhatToDo   = $rule.fix
                Sources    = @($rule.sources)
            }
        }
    }
}
