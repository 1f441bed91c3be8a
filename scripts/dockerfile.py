"""Reads a Dockerfile and replays it in plain folders, with chroot where Docker has containers.

It knows the instructions that ours uses and refuses every other, so nothing is skipped unseen.
Everything happens in a mount namespace of its own (see image_check.py), as root.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)\})")


class Refused(Exception):
    """Docker would refuse this too, or we do not know how to do it."""


@dataclass
class Stage:
    """An image in the making: a root folder and what the instructions said about it."""

    root: Path
    env: dict[str, str] = field(default_factory=lambda: {"PATH": SYSTEM_PATH})
    workdir: str = "/"
    user: str = "0:0"
    entrypoint: list[str] = field(default_factory=list)
    cmd: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)
    stop_signal: str = "SIGTERM"
    volumes: list[str] = field(default_factory=list)

    def inside(self, path: str) -> Path:
        """Where a path of the image lies on this machine; relative ones start at the WORKDIR."""
        return self.root / str(Path(self.workdir, path)).lstrip("/")

    def command(self, argv: Sequence[str]) -> list[str]:
        """The command line that runs `argv` in this root as this user; to be given `env`."""
        change = ["chroot", f"--userspec={self.user}", "--groups=", str(self.root)]
        return [*change, "/bin/sh", "-c", 'cd "$0" && exec "$@"', self.workdir, *argv]


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """The instructions of a Dockerfile: `FROM`, `python:3.11-slim AS build`, and so on."""
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\\\n\s*", " ", kept).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word.upper(), rest.strip()


def context(folder: Path, into: Path) -> Path:
    """What Docker would be sent: the folder without what .dockerignore names."""
    rules = [
        (line.removeprefix("!"), line.startswith("!"))
        for line in (folder / ".dockerignore").read_text("utf-8").split("\n")
        if line and not line.startswith("#")
    ]

    def kept(path: str) -> bool:
        parts = path.split("/")
        ancestors = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        keep = True
        for pattern, keeps in rules:
            anywhere = pattern.startswith("**/")
            names = parts if anywhere else ancestors
            # `*` does not cross a slash, so a pattern is only held against paths of its depth.
            depth = pattern.count("/")
            if any(
                fnmatch(name, pattern.removeprefix("**/"))
                for name in names
                if anywhere or name.count("/") == depth
            ):
                keep = keeps
        return keep

    for found in sorted(folder.rglob("*")):
        path = found.relative_to(folder).as_posix()
        if found.is_file() and kept(path):
            (into / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found, into / path)
    return into


@contextmanager
def mounted(root: Path, binds: Sequence[Path]) -> Iterator[None]:
    """The kernel's folders, and `binds` from this machine, inside a root; gone afterwards."""
    with ExitStack() as undo:

        def mount(target: Path, *options: str, folder: bool = True) -> None:
            made = []
            for parent in [*reversed(target.parents), target]:
                if not os.path.lexists(parent):
                    parent.mkdir() if folder or parent != target else parent.touch()
                    made.append(parent)
            for path in made:
                undo.callback(path.rmdir if path.is_dir() else path.unlink)
            subprocess.run(["mount", *options, target], check=True)
            undo.callback(subprocess.run, ["umount", "--recursive", target], check=True)

        mount(root / "proc", "-t", "proc", "proc")
        mount(root / "dev", "--rbind", "/dev")
        for bind in binds:
            inner = root / str(bind).lstrip("/")
            mount(inner, "--bind", "-o", "ro", str(bind), folder=bind.is_dir())
        yield


@dataclass
class Builder:
    """Replays a Dockerfile, stage by stage."""

    work: Path
    context: Path
    base: Callable[[str], Path]
    """The root of a published image."""
    settings: dict[str, str]
    """What only a build is told: how to reach a package index from here."""
    binds: Sequence[Path]
    stages: dict[str, Stage] = field(default_factory=dict)

    def build(self, dockerfile: str) -> Stage:
        """The last stage of a Dockerfile."""
        stage: Stage | None = None
        for word, rest in instructions(dockerfile):
            print(f"  {word} {rest if len(rest) < 100 else rest[:97] + '...'}", flush=True)
            if word == "FROM":
                stage = self._from(rest)
            elif stage is None:
                raise Refused(f"{word} stands before FROM")
            else:
                self._obey(stage, word, rest)
        if stage is None:
            raise Refused("the Dockerfile has no FROM")
        return stage

    def _from(self, rest: str) -> Stage:
        image, _, name = (part.strip() for part in re.sub(" as ", " AS ", rest).partition(" AS "))
        root = self.work / (name or f"stage-{len(self.stages)}")
        source = self.stages[image].root if image in self.stages else self.base(image)
        subprocess.run(["cp", "--archive", "--reflink=auto", source, root], check=True)
        return self.stages.setdefault(root.name, Stage(root))

    def _obey(self, stage: Stage, word: str, rest: str) -> None:
        known = VARIABLE.sub(lambda found: stage.env.get(found[1] or found[2], ""), rest)
        match word:
            case "RUN":
                self._run(stage, rest)  # its variables are the shell's business
            case "COPY":
                self._copy(stage, known)
            case "ENV":
                stage.env |= dict(pair.split("=", 1) for pair in shlex.split(known))
            case "WORKDIR":
                stage.workdir = str(Path(stage.workdir, known))
                stage.inside(".").mkdir(parents=True, exist_ok=True)
            case "USER":
                stage.user = known
            case "VOLUME":
                stage.volumes.append(known)
            case "STOPSIGNAL":
                stage.stop_signal = known
            case "HEALTHCHECK":
                stage.healthcheck = json.loads(known.partition("CMD")[2])
            case "ENTRYPOINT" | "CMD":
                setattr(stage, word.lower(), json.loads(known))
            case _:
                raise Refused(f"{word}: scripts/dockerfile.py does not know this instruction yet")

    def _run(self, stage: Stage, line: str) -> None:
        with mounted(stage.root, self.binds):
            shell = stage.command(["/bin/sh", "-c", line])
            done = subprocess.run(
                shell,
                env=stage.env | self.settings,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        if done.returncode:
            raise Refused(f"RUN ended with {done.returncode}: {line}\n{done.stdout}")

    def _copy(self, stage: Stage, rest: str) -> None:
        words = shlex.split(rest)
        flags = [word for word in words if word.startswith("--")]
        *names, into = [word for word in words if not word.startswith("--")]
        origin = self.context
        for flag in flags:
            if not flag.startswith("--from="):
                raise Refused(f"COPY {flag}: scripts/dockerfile.py does not know this flag yet")
            origin = self.stages[flag.removeprefix("--from=")].root
        target = stage.inside(into)
        for name in names:
            source = origin / name.lstrip("/")
            if not source.exists():
                raise Refused(f"COPY {name}: the build does not see it (.dockerignore?)")
            if source.is_dir():
                shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
            else:
                one = target / source.name if into.endswith("/") or target.is_dir() else target
                one.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, one)
