"""The published shapes of what the program writes and reads. No run loads them.

The models are the contract. They are not used to print anything, so that a run does not pay for them; tests hold every
golden file against them.
"""


def published() -> dict[str, str]:
    """Return the text of every schema, by the name of its document."""
    import json

    from policylint.schemas import chain, config, diff, experiment, fix, fleet, lists, matrix, merge, report

    modules = (report, chain, fleet, matrix, merge, diff, fix, experiment, lists)
    documents = {name: model for module in modules for name, model in module.DOCUMENTS.items()}
    made = {name: json.dumps(model.model_json_schema(), indent=2) + "\n" for name, model in documents.items()}
    return {**made, "config": config.schema_text()}
