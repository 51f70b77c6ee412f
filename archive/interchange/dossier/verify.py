"""Checks that a dossier is as it left the archive. Python 3.9 or newer, nothing else, no network.

    python3 verify.py [FOLDER]      the folder of this file when none is given

What is checked, and what is not:

1. seal.json is written exactly as it must be, and names the SHA-256 of SHA256SUMS.
2. SHA256SUMS lists every file of the folder but these two, and every file has the bytes it had.
3. custody/*.json: every link's hash covers the link and the one before it, none is missing, and what a link
   shows is what was hashed. Links that the reader may not know show two commitments in place of words.
4. The chain stood under the head of its day (custody/head.json): a Merkle path leads to the head's root.
5. Files that came along have the bytes that the archive received, by the chain.
6. Words of claims, evidence and verdicts are those that were sealed when they were written.
7. The chains go on in seal.json with a link that names this very dossier, where the archive wrote one.

Whoever could make all of this anew could make another dossier. So compare the seal that is printed with
what the archive says, or the day's head with one printed or stamped elsewhere. custody/head.tsr, where there
is one, is an RFC 3161 stamp over the text of custody/head.txt:
    openssl ts -verify -in custody/head.tsr -data custody/head.txt -CAfile <the authority's root>
It says nothing about what a picture shows.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

MANIFEST, SEAL = "SHA256SUMS", "seal.json"
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")
CHUNK = 1 << 20


class Broken(Exception):  # noqa: N818 - what is told to people reads better so
    """Something is not as it was."""


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sealed(value: Any, salt: str) -> str:
    return sha256(salt.encode() + canonical(value))


def require(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise Broken(what)


def check(folder: Path) -> dict[str, Any]:
    """Return what was counted. Raises `Broken` at the first thing that does not hold."""
    seal = read_seal(folder)
    listed = read_manifest(folder, seal["manifest"])
    for name, digest in listed.items():
        require(digest_of(folder / name) == digest, f"{name} was changed")
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    extra = sorted(present - set(listed) - {MANIFEST, SEAL})
    require(not extra, f"{', '.join(extra[:5])}: not part of the dossier")
    contents = json.loads((folder / "contents.json").read_bytes())
    head = check_head(folder)
    chains = {}
    for name in sorted(name for name in listed if re.fullmatch(r"custody/[a-z2-7]{13}\.json", name)):
        told = json.loads((folder / name).read_bytes())
        chains[told["chain"]] = check_chain(told, head)
    proved = check_originals(contents, listed, chains)
    ends = check_export(seal, chains)
    return {
        "files": len(listed),
        "chains": len(chains),
        "links": sum(len(links) for links in chains.values()),
        "originals": proved,
        "exported": ends,
        "head": head["hash"] if head else None,
        "day": head["day"] if head else None,
        "seal": seal["seal"],
    }


def read_seal(folder: Path) -> dict[str, Any]:
    content = read(folder, SEAL)
    try:
        seal: dict[str, Any] = json.loads(content)
    except ValueError as error:
        raise Broken(f"{SEAL} cannot be read: {error}") from error
    require(
        isinstance(seal, dict) and set(seal) == {"version", "manifest", "links", "seal"},
        f"{SEAL} is not whole",
    )
    require(canonical(seal) + b"\n" == content, f"{SEAL} is not written as it must be")
    rest = {name: value for name, value in seal.items() if name != "seal"}
    require(sha256(canonical(rest)) == seal["seal"], f"{SEAL} was changed")
    return seal


def read_manifest(folder: Path, digest: str) -> dict[str, str]:
    content = read(folder, MANIFEST)
    require(sha256(content) == digest, f"{MANIFEST} was changed")
    listed: dict[str, str] = {}
    for line in content.decode().splitlines():
        found = LINE.fullmatch(line)
        require(found is not None, f"{MANIFEST}: a line cannot be read")
        if found is not None:
            require(".." not in found[2].split("/"), f"{MANIFEST}: a name leads out of the folder")
            listed[found[2]] = found[1]
    return listed


def check_head(folder: Path) -> dict[str, Any] | None:
    if not (folder / "custody/head.json").exists():
        return None
    head: dict[str, Any] = json.loads((folder / "custody/head.json").read_bytes())
    covered = {name: head[name] for name in ("day", "root", "previous")}
    require(sha256(canonical(covered)) == head["hash"], "custody/head.json: the head does not hold")
    stamped = folder / "custody/head.txt"
    same = not stamped.exists() or stamped.read_text() == head["hash"]
    require(same, "custody/head.txt: the stamp is over another head")
    return head


def check_chain(told: dict[str, Any], head: dict[str, Any] | None) -> list[dict[str, Any]]:
    chain, links = told["chain"], told["links"]
    check_links(chain, links, 0, "")
    proof = told["proof"]
    if proof is not None:
        require(head is not None, f"{chain}: its proof names a head that is not here")
        link = links[proof["sequence"]]
        require(link["hash"] == proof["hash"], f"{chain}: the proof is of another link")
        at = sha256(b"\x00" + canonical([chain, proof["sequence"], proof["hash"]]))
        for side, sister in proof["steps"]:
            pair = (sister, at) if side == "left" else (at, sister)
            at = sha256(b"\x01" + bytes.fromhex(pair[0]) + bytes.fromhex(pair[1]))
        require(head is not None and at == head["root"], f"{chain}: it did not stand under the day's head")
    for text in told["texts"]:
        check_text(chain, links, text)
    return list(links)


def check_links(chain: str, links: list[dict[str, Any]], first: int, previous: str) -> str:
    """Return the hash of the last link."""
    for number, link in enumerate(links, start=first):
        require(link["sequence"] == number, f"{chain}: link {number} is missing")
        require(link["previous"] == previous, f"{chain}: link {number} does not follow the one before it")
        covered = {
            "chain": chain,
            "sequence": number,
            "previous": previous,
            "said": said_of(link),
            "by": by_of(link),
        }
        require(sha256(canonical(covered)) == link["hash"], f"{chain}: link {number} was changed")
        previous = link["hash"]
    return previous


def said_of(link: dict[str, Any]) -> str:
    """Return the commitment to what happened: worked out where the link shows it, as given where not."""
    if "kind" not in link:
        return str(link["said"])
    salt = sha256(b"said" + link["salt"].encode()) if "salt" in link else link["said_salt"]
    return sealed([link["kind"], link["at"], link["detail"]], salt)


def by_of(link: dict[str, Any]) -> str:
    if "actor" not in link:
        return str(link["by"])
    return sealed(link["actor"], sha256(b"by" + link["salt"].encode()))


def check_text(chain: str, links: list[dict[str, Any]], text: dict[str, Any]) -> None:
    """Hold words to the hash of words and salt in the link that tells of them."""
    detail = links[text["link"]].get("detail", {})
    require(
        detail.get(text["key"]) == sealed(text["content"], text["salt"]),
        f"{chain}: {text['what']} does not say what it said when it was written",
    )


def check_originals(
    contents: dict[str, Any], listed: dict[str, str], chains: dict[str, list[dict[str, Any]]]
) -> int:
    count = 0
    for thing in [*contents["photos"], *contents["documents"]]:
        received = {
            link["detail"]["sha256"]
            for link in chains[thing["id"]]
            if link.get("kind") in {"received", "file_added", "attachment_kept"}
        }
        for file in thing["files"]:
            require(file["sha256"] in received, f"{thing['id']}: no link tells of file {file['sha256']}")
            if file["path"] is not None:
                require(
                    listed.get(file["path"]) == file["sha256"],
                    f"{file['path']} is not the file that the archive received",
                )
                count += 1
    return count


def check_export(seal: dict[str, Any], chains: dict[str, list[dict[str, Any]]]) -> int:
    """Hold the links that came after to the chains, and the last of each to this dossier."""
    for chain, links in seal["links"].items():
        before = chains.get(chain)
        require(bool(before) and bool(links), f"{SEAL}: {chain} is no chain of this dossier")
        last = (before or [{}])[-1]
        check_links(chain, links, last["sequence"] + 1, last["hash"])
        require(
            links[-1].get("detail", {}).get("dossier") == seal["manifest"],
            f"{chain}: its last link is not of this dossier",
        )
    return len(seal["links"])


def read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise Broken(f"{name} is missing") from error


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise Broken(f"{path.name} is missing") from error
    return digest.hexdigest()


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        found = check(folder)
    except Broken as broken:
        sys.stdout.write(f"DOES NOT HOLD: {broken}\n")
        return 1
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OSError) as error:
        sys.stdout.write(f"DOES NOT HOLD: something is not written as it must be ({error!r})\n")
        return 1
    sys.stdout.write(
        f"holds: {found['files']} files, {found['links']} links in {found['chains']} chains, "
        f"{found['originals']} originals as they were received\n"
    )
    if found["head"]:
        sys.stdout.write(f"head of {found['day']}: {found['head']}\n")
    if not found["exported"]:
        sys.stdout.write("made without an account: the archive kept no record of this dossier\n")
    sys.stdout.write(f"seal: {found['seal']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
