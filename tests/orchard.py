"""An agreement of our own with its library, so that tests of identification need nobody's text."""

import os
from pathlib import Path

from compliance import fingerprint
from compliance.texts import library, packing

OWN = """ORCHARD MODEL LICENCE AGREEMENT

Copyright (c) <year> <owner>

1. Grant. You may use, copy, change and pass on the Orchard weights free of charge for any purpose, provided that you
keep every condition of this agreement and that your products have fewer than 300 million monthly active users.

2. Notice. Every copy that leaves your organisation carries a file named NOTICE with the words that the Orchard
Foundation prescribes, and names the version of the weights from which it was made.

3. Uses that are barred. You will not use the weights for surveillance of workers, for weapons of any kind, or to
decide about housing or credit without a person who looks at each decision.

4. Outputs. You own what you generate. You will not train a model that competes with Orchard on these outputs unless
the Foundation agreed in writing within the last 24 months.

5. Ending. This agreement ends on the day on which you sue the Foundation over patents in the weights.
"""
TWIN = OWN.replace("ORCHARD MODEL", "ORCHARD VISION MODEL").replace("300 million", "100 million").replace("24", "12")


def library_of(**texts):
    """A library of texts by their names."""
    return library.Library(packing.pack((name, mark_of(text)) for name, text in texts.items()))


def mark_of(text):
    """The fingerprint of a text, by way of its file."""
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"modelcheck-{os.getpid()}.fp"
    path.write_bytes(fingerprint.build(text))
    mark = fingerprint.load(path)
    path.unlink()
    return mark


OURS = library_of(orchard=OWN, twin=TWIN)
