"""The errors that readers raise for input they cannot read."""


class UnreadableFiling(Exception):
    """A file that cannot be read, with a sentence for the person who dropped it in.

    ``str(error)`` names the file, says what is wrong with it, and what to do.
    """

    def __init__(self, name: str, what: str, advice: str = "") -> None:
        self.name, self.what, self.advice = name, what, advice
        super().__init__(f"{name}: {what}." + (f" {advice}." if advice else ""))


class NotAFiling(UnreadableFiling):
    """A file that is whole and something else, such as a note that lies in a folder of filings."""


class WithoutText(UnreadableFiling):
    """A document that has pictures of text only; the sentence tells what to install."""
