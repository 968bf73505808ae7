"""Values, names and fields that nobody sends in earnest."""

from __future__ import annotations

import random
import string

from torture.oracle import MARK
from torture.visitor import Control, Form

DATES = [
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "-2026-01-01",
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "1582-10-10",
    "99999999999-01-01",
    "2026-11-02T25:61",
    "2026-11-02T09:00",
    "9999-12-31T23:59",
    "0000-00-00T00:00",
    "2026-03-29T02:30",
    "02-11-2026",
    "٢٠٢٦-١١-٠٢",
]
NUMBERS = [
    "-1",
    "0",
    "1",
    "-0",
    "00000000000001",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "99999999999999999999999999",
    "1e309",
    "1e-400",
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "1,5",
    "1.5",
    "٣",
    "½",
    "+1",
]
TEXTS = [
    "",
    " ",
    "\t\r\n",
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\x7f\x80\x9f",
    "\ud800",
    "\udfff\ud800",
    "\u202eomgekeerd\u202c",
    "\u2066x\u2069",
    "\ufeff",
    "\u200b",
    "\u00ad",
    "\u2028\u2029",
    "\uffff\ufffe",
    "\U0010ffff",
    "a" + "\u0301" * 3000,
    "👨\u200d👩\u200d👧\u200d👦" * 200,
    "ǆ İ ı ﬀ ß",
    "<script>alert(1)</script>",
    "{{title}}{{{body}}}{{#a}}{{/a}}",
    "{{> page}}",
    "';DROP TABLE events;--",
    "\"'`$(id)|&;",
    "%s%n%x%@",
    "%00%0d%0a",
    "../../../../etc/passwd",
    "/etc/passwd\x00.pdf",
    "[]",
    "{}",
    "null",
    "true",
    "undefined",
    "__proto__",
    "Re: \r\nBcc: a@voorbeeld.example",
    "a@b",
    "a@" + "b" * 300 + ".nl",
    "\\",
    "=cmd()",
    "javascript:alert(1)",
    "//evil.example",
    "https://evil.example/",
    ".",
    "..",
    "*",
    "_",
    "&#0;&#xD800;",
]
# What addresses of the site have behind the question mark.
QUERY = ["naar", "pagina", "zoek", "soort", "school", "versie", "van", "tot", "gedaan", "toon", "na", "deel", "vraag"]
WORDS = ["lezen", "samen", "kind", "goed", "plan", "thuis", "rustig", "overleg", "stap", "week"]


def text(chance: random.Random) -> str:
    """Something of all kinds that a text field may get."""
    kind = chance.randrange(10)
    if kind < 5:
        return chance.choice(TEXTS)
    if kind == 5:
        return chance.choice(NUMBERS)
    if kind == 6:
        return chance.choice(DATES)
    if kind == 7:
        return MARK + chance.choice("aé\u202e<") * chance.choice([100, 4_000, 5_001, 70_000])
    if kind == 8:
        return "".join(chr(chance.choice([*range(0, 0x250), *range(0x2000, 0x2070)])) for _ in range(40))
    return " ".join(chance.choice(TEXTS) for _ in range(4))


def plausible(control: Control, chance: random.Random) -> list[str]:
    """What somebody might fill in; so that what is hostile elsewhere comes as far as the rules."""
    match control.kind:
        case "select" | "radio":
            wanted = [option for option in control.options if option and option != "__n__"]
            return [chance.choice(wanted)] if wanted else control.values
        case "checkbox":
            return [option for option in control.options if chance.random() < 0.6]
        case "date":
            return [
                f"{chance.choice([2017, 2025, 2026, 2027])}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            ]
        case "datetime-local":
            return [f"2026-11-{chance.randrange(1, 29):02}T15:30"]
        case "number":
            return [str(chance.randrange(0, 40))]
        case "email":
            return [f"{MARK.lower()}.{chance.randrange(10**6)}@voorbeeld.example"]
        case "hidden" | "submit" | "password":
            return control.values
        case _:
            return [f"{MARK} {' '.join(chance.choice(WORDS) for _ in range(chance.randrange(1, 6)))}"]


def nasty(control: Control, chance: random.Random) -> list[str]:
    """What nobody fills in."""
    if chance.random() < 0.15:
        return [text(chance) for _ in range(chance.choice([0, 2, 3, 200]))]
    match control.kind:
        case "date" | "datetime-local" if chance.random() < 0.7:
            return [chance.choice(DATES)]
        case "number" if chance.random() < 0.7:
            return [chance.choice(NUMBERS)]
        case "select" | "radio" | "checkbox" if control.options and chance.random() < 0.4:
            return control.options * chance.choice([1, 2])
    return [text(chance)]


def filled(form: Form, chance: random.Random) -> list[tuple[str, str]]:
    """The fields of a form: mostly as a person might fill them in, and some as nobody would."""
    fields: list[tuple[str, str]] = []
    buttons = [control for control in form.controls if control.kind == "submit"]
    pressed = chance.choice(buttons) if buttons and chance.random() < 0.5 else None
    hostile = chance.choice([0, 1, 1, 1, 2, 3, len(form.controls)])
    open_ = [control for control in form.controls if control.name != "_csrf" and control.kind != "file"]
    chosen = {id(control) for control in chance.sample(open_, min(hostile, len(open_)))}
    for control in form.controls:
        if control.kind == "file" or (control.kind == "submit" and control is not pressed):
            continue
        values = nasty(control, chance) if id(control) in chosen else plausible(control, chance)
        if control.kind == "hidden" and id(control) not in chosen:
            values = control.values
        fields += [(control.name, value) for value in values]
    return bent(fields, chance)


def bent(fields: list[tuple[str, str]], chance: random.Random) -> list[tuple[str, str]]:
    """The same fields in a way that no browser sends them, now and then."""
    match chance.randrange(24):
        case 0:
            chance.shuffle(fields)
        case 1:
            fields += fields
        case 2 if fields:
            del fields[chance.randrange(len(fields))]
        case 3:
            fields = [(f"{name}[]" if name != "_csrf" else name, value) for name, value in fields]
        case 4:
            fields += [(f"veld{number}", "x") for number in range(chance.choice([1, 500, 1_990, 3_000]))]
        case 5:
            fields.append((text(chance), text(chance)))
        case 6:
            # As a part of something repeated, with a number that nobody has.
            fields += [
                (name.replace("1", chance.choice(["999999999999", "-1", "__n__", "", "1.1"])), value)
                for name, value in fields
                if "1" in name
            ]
        case 7:
            fields = [(name, value) for name, value in fields if name == "_csrf"]
    return fields


def segment(chance: random.Random) -> str:
    """One part of an address, before it is escaped."""
    letters = string.ascii_lowercase + string.digits
    match chance.randrange(4):
        case 0:
            return text(chance)[:2_000]
        case 1:
            return "".join(chance.choice(letters) for _ in range(26))
        case 2:
            return chance.choice(NUMBERS + DATES)
        case _:
            return chance.choice(
                ["nieuw", "_zoek", "bestand.csv", "brief.pdf", "..", ".", "", "%2e%2e", "%", "%zz", "a/b"]
            )
