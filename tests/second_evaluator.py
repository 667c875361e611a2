"""second_evaluator.py -- queries and checks over random small models, answered twice.

A second evaluator, written from the reference and not from the program: three-valued logic over
missing values, `?` and `none`; where, sort, take, distinct, count, sums by unit and groups.  The
program must give the same rows, the same number of untold rows, and the same outcome of checks.
Arguments: how many models (40), and a seed (1).
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ALLIANCE = os.environ.get("ALLIANCE") or "alliance"
ABSENT, UNKNOWN, NONE = "absent", "unknown", "none"
TYPES = ["association", "company", "foundation", "school"]
UNITS = ["EUR", "h", "seniors"]
FIELDS = {"type": TYPES, "feels": [0, 1, 2, 3, 4]}


# ---- Models ------------------------------------------------------------------------------

def some(choices, rng):
    """A value of a field: known more often than not."""
    kind = rng.random()
    if kind < 0.2:
        return ABSENT
    if kind < 0.35:
        return UNKNOWN
    if kind < 0.42:
        return NONE
    return rng.choice(choices)


def make_model(rng):
    partners = []
    for number in range(rng.randrange(0, 7)):
        partner = {"name": f"p{number}", "type": some(TYPES, rng),
                   "feels": some(FIELDS["feels"], rng), "brings": []}
        for gift in range(rng.randrange(0, 4)):
            amount = UNKNOWN if rng.random() < 0.25 else (rng.randrange(1, 60),
                                                          rng.choice(UNITS[:rng.choice([1, 3])]))
            partner["brings"].append({"title": f"g{number}-{gift}", "value": amount,
                                      "partner": partner})
        partners.append(partner)
    return partners


def text_of(value):
    return {UNKNOWN: "?", NONE: "none"}.get(value, str(value))


def write_model(partners):
    lines = ["language en version 1"]
    for partner in partners:
        lines.append(f"partner {partner['name']} {{")
        for field in FIELDS:
            if partner[field] != ABSENT:
                lines.append(f"  {field}: {text_of(partner[field])}")
        for gift in partner["brings"]:
            amount = "?" if gift["value"] == UNKNOWN else f"{gift['value'][0]} {gift['value'][1]}"
            lines.append(f"  brings {amount} \"{gift['title']}\"")
        lines.append("}")
    return "\n".join(lines) + "\n"


# ---- Conditions: a text, and what it says of an element (True, False, None: untold) ------

def compare(left, operator, right):
    if NONE in (left, right):
        return False
    if left in (ABSENT, UNKNOWN) or right in (ABSENT, UNKNOWN):
        return None
    return {"=": left == right, "!=": left != right, "<": left < right, "<=": left <= right,
            ">": left > right, ">=": left >= right}[operator]


def rank(value):
    """Listed words are ordered as in their list, of which TYPES keeps the order."""
    order = ["association", "company", "foundation", "school"]
    return order.index(value) if value in order else value


def field_test(rng):
    field = rng.choice(list(FIELDS))
    kind = rng.randrange(5)
    if kind == 0:
        negated = rng.random() < 0.5
        what = rng.choice(["empty", "unknown", "none"])
        state = {"empty": ABSENT, "unknown": UNKNOWN, "none": NONE}[what]
        return (f"{field} is {'not ' if negated else ''}{what}",
                lambda e: (e[field] == state) != negated)
    if kind == 1:
        values = rng.sample(FIELDS[field], 2)
        negated = rng.random() < 0.5

        def is_in(element):
            if element[field] == NONE:
                return False
            if element[field] in (ABSENT, UNKNOWN):
                return None
            return (element[field] in values) != negated
        listed = ", ".join(map(str, values))
        return f"{field} {'not ' if negated else ''}in ({listed})", is_in
    operator = rng.choice(["=", "!=", "<", "<=", ">", ">="])
    value = rng.choice(FIELDS[field])

    def holds(element):
        left = element[field]
        if left in (ABSENT, UNKNOWN, NONE):
            return compare(left, operator, value)
        return compare(rank(left), operator, rank(value))
    return f"{field} {operator} {value}", holds


def negate(truth):
    return None if truth is None else not truth


def both(truths):
    return False if False in truths else None if None in truths else True


def either(truths):
    return True if True in truths else None if None in truths else False


def condition(rng, depth=0):
    kind = rng.randrange(6 if depth < 3 else 3)
    if kind < 3:
        return field_test(rng)
    parts = [condition(rng, depth + 1) for _ in range(2)]
    texts = [f"({text})" if " and " in text or " or " in text else text for text, _ in parts]
    if kind == 3:
        return f"not ({parts[0][0]})", lambda e: negate(parts[0][1](e))
    joined, rule = (("and", both), ("or", either))[kind - 4]
    return f" {joined} ".join(texts), lambda e: rule([holds(e) for _, holds in parts])


# ---- Queries: a text, and (rows, untold) or the code of a mistake ------------------------

def kept(elements, holds):
    truths = [holds(element) for element in elements]
    return ([e for e, truth in zip(elements, truths) if truth], truths.count(None))


def known(value):
    return value not in (ABSENT, UNKNOWN, NONE)


def sort_rows(elements, field, down):
    last = [e for e in elements if not known(e[field])]
    first = [e for e in elements if known(e[field])]
    first.sort(key=lambda e: rank(e[field]), reverse=False)
    if down:                    # stable in both directions
        first = sorted(first, key=lambda e: rank(e[field]), reverse=True)
    return first + last


def names(elements):
    return [[element["name"]] for element in elements]


def bag(values):
    amounts = []
    for value in values:
        if value != UNKNOWN:
            at = next((i for i, (_, unit) in enumerate(amounts) if unit == value[1]), None)
            if at is None:
                amounts.append(value)
            else:
                amounts[at] = (amounts[at][0] + value[0], value[1])
    return sorted(amounts, key=str), values.count(UNKNOWN)


def groups(elements, key):
    found = []
    for element in elements:
        value = key(element)
        entry = next((g for g in found if g[0] == value), None)
        if entry is None:
            found.append((value, [element]))
        else:
            entry[1].append(element)
    return found


def query(rng, partners):
    text, holds = condition(rng)
    rows, untold = kept(partners, holds)
    kind = rng.randrange(6)
    if kind == 0:
        field, down = rng.choice(list(FIELDS)), rng.random() < 0.5
        count = rng.randrange(0, 5)
        rows = names(sort_rows(rows, field, down)[:count])
        return (f"partners where {text} | sort {field}{' desc' if down else ''} | take {count}"
                " | show name", rows, untold)
    if kind == 1:
        return f"partners where {text} | count", len(rows), untold
    if kind == 2:
        field = rng.choice(list(FIELDS))
        values = [v for v, _ in groups(rows, lambda e: e[field]) if v not in (ABSENT, UNKNOWN)]
        lost = sum(e[field] in (ABSENT, UNKNOWN) for e in rows)
        return f"partners where {text} | distinct {field}", [[v] for v in values], untold + lost
    if kind == 3:
        field = rng.choice(list(FIELDS))
        found = groups(rows, lambda e: e[field])
        return (f"partners where {text} | count per {field}",
                [[value, len(members)] for value, members in found], untold)
    gifts = [gift for partner in partners for gift in partner["brings"]]
    if kind == 4:
        found = groups(gifts, lambda gift: gift["partner"]["name"])
        return ("contributions | sum value per partner",
                [[name, bag([g["value"] for g in members])] for name, members in found], 0)
    return f"partners where {text} | show name, type", [[e["name"], e["type"]] for e in rows], untold


def check(rng, partners):
    text, holds = condition(rng)
    rows, untold = kept(partners, holds)
    kind = rng.randrange(4)
    if kind == 0:
        return f"check no partners where {text}", False if rows else None if untold else True
    if kind == 1:
        return f"check exists partners where {text}", True if rows else None if untold else False
    if kind == 2:
        other, also = condition(rng)
        truths = [either([negate(holds(e)), also(e)]) for e in partners]
        return f"check every partner where {text}: {other}", both(truths)
    count = rng.randrange(0, 4)
    return f"check count(partners where {text}) >= {count}", len(rows) >= count


# ---- The program's answers ---------------------------------------------------------------

def plain(value):
    """A value of the JSON as the second evaluator writes it."""
    if value is None:
        return ABSENT
    if not isinstance(value, dict):
        return value
    if value.get("unknown") is True:
        return UNKNOWN
    if "none" in value:
        return NONE
    if "amounts" in value:
        amounts = [(int(one["number"]), one.get("unit", "")) for one in value["amounts"]]
        return sorted(amounts, key=str), value["unknown"]
    return value


def run(*arguments):
    done = subprocess.run([ALLIANCE, *arguments], capture_output=True, timeout=60)
    if done.returncode < 0 or done.returncode >= 70:
        raise SystemExit(f"# {' '.join(arguments)}: status {done.returncode}")
    return json.loads(done.stdout)


def ask(path, text):
    answer = run("query", "--format", "json", str(path), text)
    if "value" in answer:
        return plain(answer["value"]), answer.get("untold", 0)
    ids = [column["id"] for column in answer["columns"]]
    rows = [[plain(row.get(one)) for one in ids] for row in answer["rows"]]
    return rows, answer.get("untold", 0)


def outcomes(path, count, first_line):
    """What each `check` of the file came to, by its line."""
    codes = {}
    for diagnostic in run("check", "--format", "json", str(path))["diagnostics"]:
        if diagnostic["code"] in ("W601", "W602"):
            codes[diagnostic["primary"]["start"]["line"]] = diagnostic["code"]
    means = {"W601": False, "W602": None}
    return [means.get(codes.get(first_line + i), True) for i in range(count)]


def main():
    models = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng = random.Random(seed)
    wrong, asked, checked = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.alliance"
        for _ in range(models):
            partners = make_model(rng)
            text = write_model(partners)
            checks = [check(rng, partners) for _ in range(12)]
            path.write_text(text + "".join(c + "\n" for c, _ in checks), encoding="utf-8")
            found = outcomes(path, len(checks), text.count("\n") + 1)
            for (statement, expected), outcome in zip(checks, found):
                checked += 1
                if outcome is not expected:
                    wrong.append(f"{text}{statement}\n  expected {expected}, was {outcome}")
            for _ in range(5):
                question, rows, untold = query(rng, partners)
                asked += 1
                answer = ask(path, question)
                normal = json.loads(json.dumps(rows)), untold
                if json.loads(json.dumps(answer)) != json.loads(json.dumps(normal)):
                    wrong.append(f"{text}{question}\n  expected {normal}\n  answered {answer}")
    for one in wrong[:5]:
        print("# " + one.replace("\n", "\n# "))
    print(f"{'not ok' if wrong else 'ok'} 1 - {asked} queries and {checked} checks over {models}"
          f" models, seed {seed}")
    print("1..1")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
