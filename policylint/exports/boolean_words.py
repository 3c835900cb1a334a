"""What programs that handed an export on write for True and False. Loaded only when a value is neither.

Spreadsheets translate the two words to their own language when they save a table; PowerShell never does. The words are
those of the functions TRUE and FALSE, as the language packs of spreadsheet programs give them.
"""

_SPREADSHEETS = {
    "Czech": ("PRAVDA", "NEPRAVDA"),
    "Danish": ("SAND", "FALSK"),
    "Dutch": ("WAAR", "ONWAAR"),
    "Finnish": ("TOSI", "EPÄTOSI"),
    "French": ("VRAI", "FAUX"),
    "German": ("WAHR", "FALSCH"),
    "Hungarian": ("IGAZ", "HAMIS"),
    "Italian": ("VERO", "FALSO"),
    "Norwegian": ("SANN", "USANN"),
    "Polish": ("PRAWDA", "FAŁSZ"),
    "Portuguese": ("VERDADEIRO", "FALSO"),
    "Russian": ("ИСТИНА", "ЛОЖЬ"),
    "Spanish": ("VERDADERO", "FALSO"),
    "Swedish": ("SANT", "FALSKT"),
    "Turkish": ("DOĞRU", "YANLIŞ"),
}
_OTHERS = {"databases": ("1", "0"), "PostgreSQL": ("t", "f")}


def meaning(word: str) -> tuple[bool, str] | None:
    """Return what a word stands for in any case, and who writes it: `spreadsheets in French`, `databases`."""
    wanted = _folded(word)
    makers = {f"spreadsheets in {language}": words for language, words in _SPREADSHEETS.items()} | _OTHERS
    found = [(maker, wanted == _folded(words[0])) for maker, words in makers.items() if wanted in map(_folded, words)]
    if not found:
        return None
    languages = [maker.removeprefix("spreadsheets in ") for maker, _ in found]
    said = f"spreadsheets in {', '.join(languages)}" if found[0][0].startswith("spreadsheets") else languages[0]
    return found[0][1], said


def _folded(word: str) -> str:
    # Turkish has an i without a dot, whose capital is that of i elsewhere
    return word.strip().casefold().replace("ı", "i")
