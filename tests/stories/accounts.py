"""Accounts of invented events, several an event, each worded anew."""

from variorum.model import Article

FERRY = (
    (
        "Ferry Sandpiper sinks off Tarnholm, 14 missing",
        "The ferry Sandpiper sank off Tarnholm in heavy seas on Monday and 14 passengers are "
        "missing, the Orrin coastguard said. Lifeboats from Tarnholm searched the strait "
        "through the night.",
    ),
    (
        "Fourteen missing after Sandpiper goes down",
        "Fourteen people were missing after the passenger ferry Sandpiper went down near "
        "Tarnholm. The coastguard of Orrin sent lifeboats and a helicopter to the strait as "
        "heavy seas hampered the search.",
    ),
    (
        "Search for Sandpiper passengers",
        "Lifeboats searched the strait off Tarnholm for passengers of the ferry Sandpiper, "
        "which sank in heavy seas. The Orrin coastguard put the number of missing at 14.",
    ),
)
QUAKE_NORTH = (
    (
        "Earthquake of magnitude 6.1 shakes Veldrun",
        "An earthquake of magnitude 6.1 shook the mountain town of Veldrun at dawn, toppling "
        "the clock tower. The Kestrel seismological institute put the epicentre under Lake "
        "Ombra.",
    ),
    (
        "Veldrun quake topples clock tower",
        "Residents of Veldrun fled their homes when a 6.1 magnitude earthquake struck. The "
        "clock tower fell and the epicentre lay beneath Lake Ombra, the Kestrel institute "
        "said.",
    ),
)
QUAKE_SOUTH = (
    (
        "Earthquake of magnitude 5.4 hits Port Sorrel",
        "An earthquake of magnitude 5.4 hit the harbour city of Port Sorrel, cracking the "
        "Maravel bridge. The Quillon observatory located the epicentre in the Bay of Teal.",
    ),
    (
        "Port Sorrel bridge cracked by quake",
        "The Maravel bridge in Port Sorrel was closed after a 5.4 magnitude earthquake with "
        "its epicentre in the Bay of Teal, the Quillon observatory reported.",
    ),
)
EVENTS = {"ferry": FERRY, "north": QUAKE_NORTH, "south": QUAKE_SOUTH}


def articles(event: str, day: str | None = None, first: int = 0) -> list[Article]:
    """The accounts of one event, with ids `event-0`, `event-1` …, all of one day."""
    return [
        Article(text, id=f"{event}-{n}", title=title, published=day)
        for n, (title, text) in enumerate(EVENTS[event], first)
    ]
