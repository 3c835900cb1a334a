function ConvertTo-Finding {
    # One finding of a report as an object with the names that PowerShell uses.
    param([Parameter(ValueFromPipeline)] [object] $Finding)
    process {
        [pscustomobject]@{
            PSTypeName = 'PolicyLint.Finding'
            Policy     = $Finding.policy
            Rule       = $Finding.rule
            Name       = $Finding.name
            Severity   = $Finding.severity
            Effect     = $Finding.effect
            Property   = $Finding.property
            Value      = $Finding.value
            Targets    = [string[]] @($Finding.targets)
            Message    = $Finding.message
            Evidence   = $Finding.evidence
            Fix        = $Finding.fix
            Sources    = @($Finding.sources)
            Location   = $Finding.location
            Waived     = $Finding.waived
        }
    }
}
