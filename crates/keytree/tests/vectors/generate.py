"""Writes the test vectors beside this file, by a second implementation of the formats that shares no code with the crate.

Needs Python 3.9 and `cryptography` 42 or newer over OpenSSL 3.2 or newer (for AES-GCM-SIV). Output is the same on every run:

    pip install cryptography && python generate.py
"""

import hashlib
import hmac
import json
import pathlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HERE = pathlib.Path(__file__).parent
PREFIX = b"\x01\x01"
TENANT = bytes(range(16))
U64_MAX = 2**64 - 1


def some_bytes(name, length):
    """Bytes without a pattern that are the same on every run."""
    return hashlib.shake_256(name.encode()).digest(length)


def u16(n):
    return n.to_bytes(2, "big")


def u32(n):
    return n.to_bytes(4, "big")


def u64(n):
    return n.to_bytes(8, "big")


def encode(*parts):
    return b"".join(u32(len(part)) + part for part in parts)


def wrap_context(c):
    return encode(b"wuhen/wrap/1", bytes.fromhex(c["tenant"]), c["kind"].encode(),
                  u64(int(c["child"])), u64(int(c["parent"])), u64(int(c["parent_key_version"])))


def item_context(c):
    return encode(b"wuhen/item/1", bytes.fromhex(c["tenant"]), u64(int(c["node"])),
                  u32(c["segment"]), u32(c["index"]), c["kind"].encode())


def child(seed, level, j):
    return hmac.digest(seed, b"wuhen/ggm/1" + bytes([level, j]), "sha256")


def leaf(root, index):
    for level, j in ((1, index >> 8), (2, index >> 4 & 15), (3, index & 15)):
        root = child(root, level, j)
    return root


def frontier(root, punctured):
    """Entries (level, index, seed) of the largest subtrees that hold no punctured leaf, found by descending."""
    def descend(level, index, seed):
        width = 16 ** (3 - level)
        if not any(index * width <= p < (index + 1) * width for p in punctured):
            yield level, index, seed
        elif level < 3:
            for j in range(16):
                yield from descend(level + 1, index * 16 + j, child(seed, level + 1, j))
    return sorted(descend(0, 0, root))


def frontier_bytes(entries, version=1, count=None):
    count = len(entries) if count is None else count
    return bytes([version]) + u16(count) + b"".join(bytes([level]) + u16(index) + seed for level, index, seed in entries)


def wrap(parent, context, nonce, payload):
    return PREFIX + nonce + AESGCMSIV(parent).encrypt(nonce, payload, wrap_context(context))


def derive(leaf_key, info):
    okm = HKDF(algorithm=SHA256(), length=64, salt=None, info=info).derive(leaf_key)
    return okm[:32], okm[32:]


def padme(length):
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def item_of(leaf_key, context, nonce, padded):
    info = item_context(context)
    key, commitment = derive(leaf_key, info)
    return PREFIX + commitment + nonce + AESGCMSIV(key).encrypt(nonce, padded, info)


def item(leaf_key, context, nonce, header, body):
    plain = u32(len(header)) + header + u32(len(body)) + body
    return item_of(leaf_key, context, nonce, plain.ljust(padme(len(plain)), b"\0"))


def stream_of(leaf_key, context, prefix, segments):
    info = item_context(context)
    key, commitment = derive(leaf_key, info)
    out = PREFIX + commitment + prefix
    for counter, segment in enumerate(segments):
        nonce = prefix + u32(counter) + bytes([counter == len(segments) - 1])
        out += AESGCMSIV(key).encrypt(nonce, segment, info)
    return out


def stream(leaf_key, context, prefix, plain):
    return stream_of(leaf_key, context, prefix, [plain[i:i + 65536] for i in range(0, len(plain), 65536)] or [b""])


def numbers(ranges):
    return [n for start, end in ranges for n in range(start, end)]


def a_wrap_context(kind, child_id, parent, version):
    # Numbers of 64 bits are strings: JavaScript and others round them in JSON.
    return {"tenant": TENANT.hex(), "kind": kind, "child": str(child_id), "parent": str(parent),
            "parent_key_version": str(version)}


def an_item_context(kind, node, segment, index):
    return {"tenant": TENANT.hex(), "node": str(node), "segment": segment, "index": index, "kind": kind}


def contexts():
    node_kinds = "top guests staff rooms cases settings branch guest page conversation case tags segment member".split()
    item_kinds = "conversation message attachment attachment-blob sketch label profile entry scope setting mark register".split()
    wraps = [a_wrap_context(kind, 256 + n, n, 1) for n, kind in enumerate(node_kinds)]
    wraps.append(a_wrap_context("conversation", U64_MAX, U64_MAX - 1, U64_MAX))
    items = [an_item_context(kind, 256 + n, n, 4095 - n) for n, kind in enumerate(item_kinds)]
    items.append(an_item_context("attachment-blob", U64_MAX, 2**32 - 1, 4095))
    return {"wraps": [{**c, "encoding": wrap_context(c).hex()} for c in wraps],
            "items": [{**c, "encoding": item_context(c).hex()} for c in items]}


def ggm():
    root = some_bytes("ggm root", 32)
    indexes = [0, 1, 15, 16, 255, 256, 0x123, 0xABC, 4094, 4095]
    first = child(root, 1, 0x1)
    second = child(first, 2, 0x2)
    third = child(second, 3, 0x3)
    return {"root": root.hex(),
            "path": [{"level": level, "index": index, "seed": seed.hex()}
                     for level, index, seed in ((1, 0x1, first), (2, 0x12, second), (3, 0x123, third))],
            "leaves": [{"index": index, "leaf": leaf(root, index).hex()} for index in indexes]}


def frontiers():
    root = some_bytes("frontier root", 32)
    # Ranges of punctured items: from the first number up to, but without, the second.
    cases = [[], [[0, 1]], [[4095, 4096]], [[0x123, 0x124]], [[0x12F, 0x131], [0xFFF, 0x1000]], [[256, 512]], [[0, 4096]],
             [[0, 7], [8, 2048], [2049, 4096]]]
    a, b = some_bytes("a", 32), some_bytes("b", 32)
    largest = frontier(root, range(0, 4096, 16))
    refused = {
        "nothing": b"",
        "head cut": b"\x01\x00",
        "unknown version": frontier_bytes([(0, 0, a)], version=2),
        "last byte missing": frontier_bytes([(0, 0, a)])[:-1],
        "a byte behind the end": frontier_bytes([(0, 0, a)]) + b"\0",
        "count too small": frontier_bytes([(1, 0, a), (1, 1, b)], count=1),
        "count too large": frontier_bytes([(1, 0, a)], count=2),
        "not in order": frontier_bytes([(1, 1, a), (1, 0, b)]),
        "levels not in order": frontier_bytes([(2, 16, a), (1, 0, b)]),
        "same entry twice": frontier_bytes([(1, 1, a), (1, 1, a)]),
        "child of an entry": frontier_bytes([(1, 1, a), (3, 0x1FF, b)]),
        "root and more": frontier_bytes([(0, 0, a), (2, 3, b)]),
        "level 4": frontier_bytes([(4, 0, a)]),
        "index past its level": frontier_bytes([(1, 16, a)]),
        "index past the root": frontier_bytes([(0, 1, a)]),
        "index past the leaves": frontier_bytes([(3, 4096, a)]),
    }
    return {"root": root.hex(),
            "cases": [{"punctured": ranges, "bytes": frontier_bytes(frontier(root, numbers(ranges))).hex()} for ranges in cases],
            "largest": {"punctured_every": 16, "sha256": hashlib.sha256(frontier_bytes(largest)).hexdigest()},
            "refused": [{"why": why, "bytes": data.hex()} for why, data in refused.items()]}


def wraps():
    cases = []
    for n, context in enumerate([a_wrap_context("guests", 2, 1, 1), a_wrap_context("conversation", 77, 66, 12),
                                 a_wrap_context("branch", U64_MAX, U64_MAX - 1, U64_MAX)]):
        parent, key, nonce = (some_bytes(f"wrap {part} {n}", size) for part, size in (("parent", 32), ("key", 32), ("nonce", 12)))
        cases.append({"parent_key": parent.hex(), **context, "nonce": nonce.hex(), "key": key.hex(),
                      "wrap": wrap(parent, context, nonce, key).hex()})
    sealed = []
    for n, (segment, punctured) in enumerate([(0, []), (3, [[9, 10]]), (2**32 - 1, [[0, 4096]])]):
        owner, root, nonce = (some_bytes(f"frontier {part} {n}", size) for part, size in (("owner", 32), ("root", 32), ("nonce", 12)))
        context = a_wrap_context("segment", segment, 77, 5)
        payload = frontier_bytes(frontier(root, numbers(punctured)))
        sealed.append({"owner": owner.hex(), "tenant": TENANT.hex(), "owner_id": "77", "segment": segment, "owner_key_version": "5",
                       "nonce": nonce.hex(), "root": root.hex(), "punctured": punctured,
                       "sealed": wrap(owner, context, nonce, payload).hex()})
    return {"keys": cases, "frontiers": sealed}


def items():
    texts = [(b"", b""), (b"h", b""), (b"", "你好".encode()), (b'{"from":"guest"}', "房间的空调坏了。".encode() * 5),
             (some_bytes("header", 300), some_bytes("body", 5000))]
    kinds = ["message", "profile", "sketch", "message", "setting"]
    cases = []
    for n, ((header, body), kind) in enumerate(zip(texts, kinds)):
        leaf_key, nonce = some_bytes(f"item leaf {n}", 32), some_bytes(f"item nonce {n}", 12)
        context = an_item_context(kind, 77 + n, n, 4095 - n)
        cases.append({"leaf": leaf_key.hex(), **context, "nonce": nonce.hex(), "header": header.hex(), "body": body.hex(),
                      "item": item(leaf_key, context, nonce, header, body).hex()})
    leaf_key, nonce, context = some_bytes("refused leaf", 32), bytes(12), an_item_context("message", 5, 0, 6)
    whole = u32(1) + b"h" + u32(12) + b"twelve bytes"
    refused = {
        "padding that is not zero": whole.ljust(padme(len(whole)) - 1, b"\0") + b"\x01",
        "no padding": whole,
        "more padding than Padme asks for": whole + bytes(padme(len(whole) + 8) - len(whole)),
        "header past the end": u32(99) + b"h" + u32(0) + bytes(7),
        "body past the end": u32(0) + u32(9) + bytes(8),
        "largest length": u32(2**32 - 1) + bytes(12),
        "no body": u32(4) + b"head",
        "nothing": b"",
    }
    assert len(whole) != padme(len(whole))
    return {"cases": cases,
            "padme": [[n, padme(n)] for n in (0, 1, 2, 8, 9, 33, 100, 129, 1000, 4097, 65537, 10**6, 2**31 + 1)],
            "refused": {"leaf": leaf_key.hex(), **context,
                        "items": [{"why": why, "item": item_of(leaf_key, context, nonce, padded).hex()} for why, padded in refused.items()]}}


def streams():
    leaf_key, prefix = some_bytes("stream leaf", 32), some_bytes("stream prefix", 7)
    context = an_item_context("attachment-blob", 77, 1, 9)
    cases = []
    for length in (0, 1, 1000, 65535, 65536, 65537, 131072, 200000):
        sealed = stream(leaf_key, context, prefix, plain_blob(length))
        short = {"sealed": sealed.hex()} if length <= 1000 else {}
        cases.append({"length": length, **short, "sealed_length": len(sealed), "sealed_sha256": hashlib.sha256(sealed).hexdigest()})
    extra_end = stream_of(leaf_key, context, prefix, [plain_blob(65536), b""])
    return {"leaf": leaf_key.hex(), **context, "prefix": prefix.hex(), "cases": cases,
            "refused_empty_end": {"first_segment_length": 65536, "last_segment": extra_end[-16:].hex(),
                                  "sealed_sha256": hashlib.sha256(extra_end).hexdigest()}}


def plain_blob(length):
    return bytes(n % 251 for n in range(length))


if __name__ == "__main__":
    for make in (contexts, ggm, frontiers, wraps, items, streams):
        path = HERE / f"{make.__name__}.json"
        path.write_text(json.dumps(make(), indent=1) + "\n", encoding="utf-8")
