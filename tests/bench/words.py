"""The words of generated sessions: a few hundred of the field, thousands built of syllables, as often as in life.

The rank of a word says how often it comes (Zipf's law, flattened at the top as in real text), so that an index has
short lists and long ones as it would have of real notes.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random

SIZE = 14_000
"""How many words there are: about as many as one finds in 2,000,000 words of notes."""
_FLAT = 2.7

_GLUE = """
the to and of a in for we I you with on it is that be at this from as by not or but have are was an if they will what
our how my your can about who up so all more no out when there one had has would their which do he she then them
only than into some could me after also its just over new now other before us where these two any first because very
"""

_FIELD = """
session agenda topic mentor mentee goal action draft feedback team policy profile feed post network customer report
people meeting week question story example manager client phone account search note page video photo password cloud
share channel hashtag headline privacy alert link folder calendar board sponsor leader colleague branch agent broker
claim product market rival brand service staff office desk laptop tablet screen keyboard browser bookmark tab window
comment reply thread message mention follower audience reach reaction tone voice draft caption summary article blog
podcast newsletter webinar survey score rating scale reason result change habit pace focus time minute hour month
quarter year plan step list checklist next deadline promise reminder review recap decision idea doubt worry risk
reward budget cost value figure chart number share growth trend insight data privacy rule consent permission access
login token backup update setting switch default notification badge signal noise filter list group circle community
event talk slide speaker host guest invite visitor partner supplier vendor startup founder investor analyst journalist
press crisis apology complaint praise thanks welcome greeting introduction handshake coffee lunch walk call chat
try show tell ask listen learn teach practise prepare write read send open close start stop keep drop carry park move
find compare choose decide agree publish edit delete archive record save print sign check test measure count track
follow connect accept ignore mute block report explain describe sketch outline rewrite shorten repeat rehearse
curious honest frank shy busy calm clear vague short long early late quick slow easy hard useful weak strong quiet
public private internal external local global digital mobile social visual personal senior junior regional national
weekly monthly daily today tomorrow yesterday morning afternoon evening spring summer autumn winter monday friday
confidence trust respect courage patience energy interest attention memory language culture career promotion role
skill strength weakness gap bridge path ladder window door mirror map compass bridge engine assistant prompt model
"""

_STARTS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t th tr v w z"
_VOWELS = "a e i o u ai ea ee ie oo ou"
_ENDS = "b ck d ft g l lt m mp n nd ng nt p r rd rn s sk st t th x"
_TAILS = ["", "", "", "ing", "ed", "er", "s", "ly", "ness", "ment", "able", "ation"]
_SIGNS = ("c++", "1:1", "don't", "e-mail", "Q&A", "follow-up", "naïve", "café", "can't", "24/7", "it's", "Zürich")
"""What a search must find although it is more than letters; spread among the ranks."""


@cache
def vocabulary() -> tuple[str, ...]:
    """Every word once, the commonest first; always the same."""
    lot = Random("words")
    known = dict.fromkeys(_GLUE.split())
    field = _FIELD.split()
    known |= dict.fromkeys(lot.sample(field, len(field)))
    starts, vowels, ends = _STARTS.split(), _VOWELS.split(), _ENDS.split()
    while len(known) < SIZE - len(_SIGNS):
        syllables = 1 + lot.choices(range(3), (2, 5, 2))[0]
        stem = "".join(lot.choice(starts) + lot.choice(vowels) for _ in range(syllables - 1))
        stem += lot.choice(starts) + lot.choice(vowels) + lot.choice(ends)
        known.setdefault(stem + lot.choice(_TAILS))
    words = list(known)
    for number, word in enumerate(_SIGNS):
        words.insert(150 + 90 * number, word)
    return tuple(words)


@cache
def _heights() -> list[float]:
    return list(accumulate(1 / (rank + _FLAT) for rank in range(SIZE)))


def some(lot: Random, count: int) -> list[str]:
    """So many words, each as likely as its rank says."""
    return lot.choices(vocabulary(), cum_weights=_heights(), k=count)


def line(lot: Random, typical: int = 10) -> str:
    """A line as somebody types it in a meeting: mostly one clause, at times two, with a number or an address."""
    words = some(lot, max(3, round(lot.lognormvariate(0, 0.45) * typical)))
    if len(words) > typical:
        words[typical // 2] += ","
    if lot.random() < 0.06:
        words.append(
            f"https://{words[0].strip(',').lower().encode('ascii', 'ignore').decode()}.example/{lot.randrange(1000)}"
        )
    if lot.random() < 0.08:
        words.insert(len(words) // 2, str(lot.choice((3, 5, 10, 12, 25, 40, 100, 2500))))
    if lot.random() < 0.015:
        words.append(lot.choice("👍🙂🚀✅"))
    text = " ".join(words)
    return text[0].upper() + text[1:] if lot.random() < 0.5 else text


def paragraph(lot: Random) -> str:
    """A pasted block of several lines."""
    return "\n".join(line(lot, 14) for _ in range(lot.randint(2, 6)))
