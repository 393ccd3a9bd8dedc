#!/usr/bin/env python3
"""Checks an erasure certificate without the program that made it.

Written from the text of the format (docs/certificate.md), C2SP signed-note, tlog-checkpoint and tlog-proof, RFC 6962
(RFC 9162 for the check of an audit path) and RFC 8032; it shares no code with the Rust crate. Standard library, and
`cryptography` for Ed25519 only.

    check.py CERTIFICATE [--key VKEY-OR-FILE]

Ends with 0 when the certificate holds against the given key, 4 when it holds against the key that it carries itself
(which anybody could have made: compare it with the one that the hotel publishes), 1 when it does not hold.
"""

import argparse
import base64
import binascii
import datetime
import hashlib
import hmac
import json
import os
import re
import sys

CERTIFICATE_BYTES_MAX = 1024 * 1024
BODY_BYTES_MAX = 256 * 1024
CHECKPOINT_BYTES_MAX = 1024
NAME_BYTES_MAX = 256
TREE_SIZE_MAX = 1 << 40
PROOF_HASHES_MAX = 40
P = 2**255 - 19  # RFC 8032, section 5.1


class Refused(Exception):
    """The certificate does not hold; the message says why."""


def need(holds, why):
    if not holds:
        raise Refused(why)


# ---- Encodings: one spelling for each value


def unbase64(text, length=None):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("not base64") from None
    need(base64.b64encode(data).decode() == text, "base64 is not canonical")
    need(length is None or len(data) == length, "base64 of a wrong length")
    return data


def decimal(text, limit=2**64):
    need(re.fullmatch(r"0|[1-9][0-9]{0,19}", text) and int(text) < limit, "not a number without leading zeroes")
    return int(text)


def parse_json(data, what):
    """Compact JSON that is spelled exactly as json.dumps would spell it again, without duplicate keys."""

    def unique(pairs):
        keys = [key for key, _ in pairs]
        need(len(keys) == len(set(keys)), what + ": a key stands twice")
        return dict(pairs)

    def refuse(_):
        raise Refused(what + ": only integers are numbers here")

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse)
        spelled = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        raise Refused(what + ": not JSON") from None
    need(spelled == data, what + ": not in its canonical spelling")
    return value


# ---- C2SP signed-note and tlog-checkpoint


class Key:
    """A verifier key: name+keyid+base64(0x01 | public key)."""

    def __init__(self, text):
        parts = text.split("+", 2)
        need(len(parts) == 3, "not a verifier key")
        name, key_id, key = parts
        need(0 < len(name.encode()) <= NAME_BYTES_MAX, "name of the key is empty or too long")
        need(not any(c.isspace() or ord(c) < 32 or 127 <= ord(c) < 160 for c in name), "space or control character in the name of the key")
        typed = unbase64(key, 33)
        need(typed[0] == 1, "not an Ed25519 key")
        self.text, self.name, self.public = text, name, typed[1:]
        self.id = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
        need(key_id == self.id.hex(), "id of the key does not fit")
        self._refuse_weak()

    def _refuse_weak(self):
        """Canonical y, and none of the points of small order: y is 0, 1, -1, or one of the two of order 8."""
        y = int.from_bytes(self.public, "little") & ((1 << 255) - 1)
        order8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
        need(y < P and y not in (0, 1, P - 1, order8, P - order8), "weak or non-canonical key")

    def verify(self, signature, message):
        try:
            from cryptography.exceptions import InvalidSignature
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        except ImportError:
            sys.exit("check.py needs the Python package `cryptography` for Ed25519: pip install cryptography")
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Refused("wrong signature of the checkpoint") from None

    def fingerprint(self):
        digest = hashlib.sha256(self.text.encode()).hexdigest()[:32]
        return " ".join(digest[i : i + 4] for i in range(0, 32, 4))


def open_checkpoint(note, key):
    """Size and root that `key` signed: three lines, an empty one, one signature line."""
    need(len(note.encode()) <= CHECKPOINT_BYTES_MAX, "checkpoint is too long")
    lines = note.split("\n")
    need(len(lines) == 6 and lines[3] == "" and lines[5] == "", "not a checkpoint with one signature and no extension")
    need(not any(ord(c) < 32 for line in lines for c in line), "control character in the checkpoint")
    origin, size, root = lines[0], decimal(lines[1]), unbase64(lines[2], 32)
    need(size <= TREE_SIZE_MAX, "ledger is too large")
    need(origin == key.name, "checkpoint is of another log")
    parts = lines[4].split(" ")
    need(len(parts) == 3 and parts[0] == "\u2014" and parts[1] == key.name, "not signed under the name of the key")
    blob = unbase64(parts[2], 4 + 64)
    need(blob[:4] == key.id, "not signed by the key")
    key.verify(blob[4:], "\n".join(lines[:3]).encode() + b"\n")
    return size, root


# ---- RFC 6962 and C2SP tlog-proof


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_from_path(index, size, leaf, path):
    """RFC 9162, section 2.1.3.2."""
    need(index < size, "entry is not in the signed ledger")
    node, last, current = index, size - 1, leaf
    for sibling in path:
        need(last != 0, "audit path is too long")
        if node & 1 or node == last:
            current = sha256(b"\x01", sibling, current)
            while node & 1 == 0 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            current = sha256(b"\x01", current, sibling)
        node, last = node >> 1, last >> 1
    need(last == 0, "audit path is too short")
    return current


def open_proof(text, entry, key):
    head, separator, note = text.partition("\n\n")
    lines = head.split("\n")
    need(separator and lines[0] == "c2sp.org/tlog-proof@v1", "not a tlog-proof@v1")
    need(len(lines) > 1 and lines[1].startswith("index "), "no index, or extra data, in the proof")
    index = decimal(lines[1][len("index ") :])
    need(len(lines) - 2 <= PROOF_HASHES_MAX, "audit path is too long")
    path = [unbase64(line, 32) for line in lines[2:]]
    size, root = open_checkpoint(note, key)
    need(root_from_path(index, size, sha256(b"\x00", entry), path) == root, "entry is not in the signed ledger")
    return index, size, root


# ---- Bodies: the fields in their order. A dict is an object, a list of one an array of that, a set a choice of words.


def text(value):
    need(isinstance(value, str), "body: not a text")


def number(limit):
    def check(value):
        need(type(value) is int and 0 <= value < limit, "body: not a number")

    return check


def date(value):
    try:
        good = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value, re.ASCII) and datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        good = False
    need(good, "body: not a date")


def time(value):
    try:
        good = re.fullmatch(r"[0-9-]{10}T[0-9:]{8}Z", value, re.ASCII) and datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError):
        good = False
    need(good and not value.endswith(":60Z"), "body: not a time")


def bytes32(value):
    text(value)
    unbase64(value, 32)


def optional(shape):
    return lambda value: value is None or check(value, shape)


def word_or_object(words, key, shape):
    def check_it(value):
        if isinstance(value, dict):
            check(value, {key: shape})
        else:
            check(value, words)

    return check_it


def check(value, shape):
    if callable(shape):
        shape(value)
    elif isinstance(shape, set):
        need(isinstance(value, str) and value in shape, "body: unknown word")
    elif isinstance(shape, list):
        need(isinstance(value, list), "body: not a list")
        for item in value:
            check(item, shape[0])
    else:
        need(isinstance(value, dict) and list(value) == list(shape), "body: other fields than there should be")
        for key, inner in shape.items():
            check(value[key], inner)


u64, u32 = number(2**64), number(2**32)
ROLE = {
    "guest", "agent", "supervisor", "privacy-officer", "operator", "retention-rule", "calendar", "api",
    "label-destruction", "temporary-account-end", "system",
}
COUNTS = {"guests": u64, "conversations": u64, "messages": u64, "attachments": u64, "sketches": u64}
REQUESTED = {
    "scope": {"guest", "conversations", "messages", "label", "before"},
    "counts": COUNTS, "by_role": ROLE, "basis": text, "reason": text, "at": time,
}

def span_kind(value):
    need(isinstance(value, str) and re.fullmatch(r"[A-Z_]{1,40}", value), "body: not the name of a kind")


# A redaction: what was asked has one field more, and the bodies another version.
REQUESTED_2 = REQUESTED | {
    "scope": REQUESTED["scope"] | {"all"},
    "redaction": {"style": {"mask", "label", "remove"}, "spans": [{"kind": span_kind, "count": u64}]},
}
KIDS = {"before": text, "after": text}
KEPT = {"counts": COUNTS, "reason": text}
ACT = {"role": ROLE, "at": time}
INTENT = {
    "kind": {"erase-intent"}, "version": {"wuhen-body/1"}, "case": text, "tenant": text, "epoch": u64, "kids": KIDS,
    "requested": REQUESTED, "at": time,
}
OUTCOME = {
    "state": {"complete", "partial"},
    "completed_at": time,
    "custodians": [{
        "name": text, "kind": text, "assurance": text, "answer": {"destroyed", "failed", "unreachable", "waiting"},
        "effective_not_before": optional(time), "replicas": u32,
    }],
    "copies": [{
        "copy": text,
        "state": word_or_object({"erased", "unreachable", "failed", "not-covered"}, "expires-on", date),
        "detail": text, "at": time,
    }],
    "probes": [{"name": text, "result": {"pass", "fail"}, "detail": text}],
}
COMPLETED = {
    "kind": {"completed"}, "version": {"wuhen-body/1"}, "case": text, "tenant": text, "organisation": text,
    "intent": u64, "erased": optional(u64), "requested": REQUESTED, "epochs": {"before": u64, "after": u64}, "kids": KIDS,
    "records": {"erased": COUNTS, "restricted": [KEPT], "held": [KEPT], "skipped": [KEPT]},
    "bytes": {"rows": u64, "blobs": u64},
    "suppression": {"tags": u64, "statement": text},
    "outcome": OUTCOME,
    "approval": word_or_object({"not-needed", "cooling-off"}, "second-person", ROLE),
    "executor": ROLE,
    "sanitization": {
        "record_class": text, "source": text, "confidentiality_before": text, "method": text, "technique": text,
        "tool": text, "tool_version": text, "verification_method": text, "verification_result": text,
        "confidentiality_after": text, "destination": text, "backups": text,
    },
    "erasure": ACT, "verification": ACT,
    "recognition": optional({"salt": bytes32, "tags": [bytes32]}),
    "witness": {"none"},
    "limits": [{
        "key-copies-unprovable", "captured-before", "slowest-custodian", "custodian-disk", "outside-copies",
        "handed-to-guest", "traces-in-images", "root-loss", "legal-effect", "not-certified",
    }],
}
INTENT_2 = INTENT | {"version": {"wuhen-body/2"}, "requested": REQUESTED_2}
COMPLETED_2 = COMPLETED | {"version": {"wuhen-body/2"}, "requested": REQUESTED_2}


def settle(outcome):
    """`complete` only when every custodian, copy and probe says so, and there is at least one of each."""
    at, today = outcome["completed_at"], outcome["completed_at"][:10]
    rows = [outcome["custodians"], outcome["copies"], outcome["probes"]]
    destroyed = all(
        row["answer"] == "destroyed" and row["effective_not_before"] is not None and row["effective_not_before"] <= at
        for row in outcome["custodians"]
    )
    gone = all(
        row["state"]["expires-on"] < today if isinstance(row["state"], dict) else row["state"] in ("erased", "unreachable")
        for row in outcome["copies"]
    )
    passed = all(probe["result"] == "pass" for probe in outcome["probes"])
    return "complete" if all(rows) and destroyed and gone and passed else "partial"


# ---- The certificate


def open_entry(part, shapes, key, name):
    entry, salt, body = unbase64(part["entry"], 41), unbase64(part["salt"], 32), unbase64(part["body"])
    need(entry[0] == 1, name + ": unknown version of the entry")
    tag = hmac.new(salt, body, hashlib.sha256).digest()
    need(hmac.compare_digest(tag, entry[9:]), name + ": the entry does not belong to the body")
    index, size, root = open_proof(part["proof"], entry, key)
    need(len(body) <= BODY_BYTES_MAX, name + ": body is too long")
    value = parse_json(body, name)
    is_second = isinstance(value, dict) and value.get("version") == "wuhen-body/2"
    check(value, shapes[is_second])
    return value, int.from_bytes(entry[1:9], "big"), index, size, root


def verify(data, trusted):
    need(len(data) <= CERTIFICATE_BYTES_MAX, "certificate is too long")
    need(data.endswith(b"\n"), "certificate does not end with one newline")
    certificate = parse_json(data[:-1], "certificate")
    part = {"entry": text, "salt": text, "body": text, "proof": text}
    check(certificate, {"format": {"wuhen-certificate/1"}, "log_key": text, "completed": part, "intent": part})
    key = Key(certificate["log_key"])
    need(trusted is None or trusted.text == key.text, "signed with another key than the trusted one")
    completed, epoch, index, size, root = open_entry(certificate["completed"], (COMPLETED, COMPLETED_2), key, "completed")
    intent, intent_epoch, intent_index, intent_size, intent_root = open_entry(certificate["intent"], (INTENT, INTENT_2), key, "intent")
    need(size != intent_size or root == intent_root, "the two checkpoints contradict each other")
    need(completed["intent"] == intent_index, "the intent is another entry")
    erased = completed["erased"]
    need(intent_index < index, "the entries are out of order")
    need(erased is None or intent_index < erased < index, "the entries are out of order")
    need(erased is not None or completed["outcome"]["state"] == "partial", "complete while the old root still exists")
    for field in ("case", "tenant", "requested"):
        need(completed[field] == intent[field], "the two entries do not agree on " + field)
    before, after = completed["epochs"]["before"], completed["epochs"]["after"]
    need(intent["epoch"] == intent_epoch, "the intent's epoch is not its entry's")
    need(intent_epoch <= before and before + 1 == after and after <= epoch, "the epochs do not follow each other")
    need(settle(completed["outcome"]) == completed["outcome"]["state"], "the state does not follow from the rows")
    return completed, key, index, size


def main():
    arguments = argparse.ArgumentParser(description="Checks an erasure certificate.")
    arguments.add_argument("certificate")
    arguments.add_argument("--key", help="the verifier key that the hotel publishes, or a file with it")
    arguments = arguments.parse_args()
    try:
        trusted = None
        if arguments.key is not None:
            given = arguments.key
            if os.path.isfile(given):
                with open(given, encoding="utf-8") as file:
                    given = file.read().removesuffix("\n")
            trusted = Key(given)
        with open(arguments.certificate, "rb") as file:
            data = file.read(CERTIFICATE_BYTES_MAX + 1)
        completed, key, index, size = verify(data, trusted)
    except Refused as why:
        print(f"DOES NOT HOLD: {why}")
        return 1
    erased, outcome = completed["records"]["erased"], completed["outcome"]
    print(f"HOLDS: {outcome['state']}, case {completed['case']}, {completed['organisation']}")
    redaction = completed["requested"].get("redaction")
    if redaction is not None:
        print("cut out of texts, the versions before erased: " + ", ".join(f"{row['count']} {row['kind']}" for row in redaction["spans"]))
    print("erased: " + ", ".join(f"{count} {kind}" for kind, count in erased.items()))
    print(f"entry {index} of a signed ledger of {size}, at {outcome['completed_at']}")
    if trusted is None:
        print(f"The key is the certificate's own: {key.text}")
        print(f"Compare its fingerprint with what the hotel publishes: {key.fingerprint()}")
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
