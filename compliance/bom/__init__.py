"""Bills of materials: a report written as CycloneDX or SPDX, and somebody else's returned with verdicts."""
