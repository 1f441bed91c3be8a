"""`make image-check`: the Dockerfile, replayed without Docker, and its result, started.

A clean Debian from debootstrap stands for the python image. LOOPMATE_IMAGE_CACHE names a folder
that keeps it between runs. Needs root, debootstrap and unshare; changes nothing outside its
temporary folder: all mounts live in a namespace that ends with the check.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dockerfile import Builder, Refused, Stage, context

HERE = Path(__file__).resolve()
PROJECT = HERE.parent.parent
READY_WITHIN = 60
STOPPED_WITHIN = 15  # as compose.yaml grants
STAND_IN = "python3.11,python3-venv,ca-certificates"
NETWORK = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
PROXIES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


def main() -> int:
    """Check; or, called by hand, do so in namespaces of our own."""
    if sys.argv[1:2] == ["--inside"]:
        return inside(Path(sys.argv[2]))
    missing = [tool for tool in ("debootstrap", "unshare", "chroot") if not shutil.which(tool)]
    if os.geteuid() != 0 or missing:
        needs = "root" if os.geteuid() != 0 else " and ".join(missing)
        print(f"image-check needs {needs}; Docker itself needs neither: docker build .")
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # through the finally below
    work = Path(tempfile.mkdtemp(prefix="loopmate-image-"))
    try:
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        again = [sys.executable, str(HERE), "--inside", str(work)]
        return subprocess.run([*apart, *again], check=False).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(work)  # out here, no mount is to be seen below it


def inside(work: Path) -> int:
    """Build and try the image below `work`; every mount made here dies with this process."""
    started = time.monotonic()
    cache = Path(os.environ.get("LOOPMATE_IMAGE_CACHE", work))
    cache.mkdir(parents=True, exist_ok=True)
    settings, binds = package_index()
    sent = context(PROJECT, work / "context")
    builder = Builder(work, sent, lambda image: base(image, cache), settings, binds)
    try:
        print("Building")
        image = builder.build((PROJECT / "Dockerfile").read_text("utf-8"))
        print("Trying")
        skipped = try_out(image)
    except Refused as refused:
        print(f"image-check: FAILED: {refused}")
        return 1
    packages = megabytes(image.inside("/opt/venv"))
    whole = megabytes(image.root)
    print(
        f"image-check: {'passed, BUT ' + skipped if skipped else 'passed'} in "
        f"{time.monotonic() - started:.0f} s. The image's root is {whole} MB "
        f"({packages} MB Python packages, the rest the Debian that stands for its base)."
    )
    return 0


# --- the machine that this runs on -----------------------------------------------------------


def package_index() -> tuple[dict[str, str], list[Path]]:
    """How pip reaches its packages on this machine: variables, and the files that they name."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    ).stdout
    settings = {name: os.environ[name] for name in NETWORK + PROXIES if name in os.environ}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        if name.startswith("global."):
            variable = "PIP_" + name.removeprefix("global.").upper().replace("-", "_")
            settings[variable] = " ".join(value.strip("'\"").replace("\\n", " ").split())
    settings |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    named = {
        Path(word.removeprefix("file://"))
        for value in settings.values()
        for word in value.split()
        if word.removeprefix("file://").startswith("/")
    }
    # An index of files keeps its pages in `simple`, and the packages beside it.
    whole = {path.parent if path.name == "simple" else path for path in named}
    return settings, [path for path in sorted({Path("/etc/resolv.conf"), *whole}) if path.exists()]


def base(image: str, cache: Path) -> Path:
    """The root of a clean Debian that stands for a published python image; made once."""
    found = re.fullmatch(r"python:(3\.11)-slim-(bookworm)", image)
    if not found:
        raise Refused(f"FROM {image}: no Debian of ours stands for this image")
    suite = found[2]
    root = cache / f"{suite}-{found[1]}"
    if not root.exists():
        print(f"  (debootstrap {suite}, a minute or two)", flush=True)
        draft = Path(tempfile.mkdtemp(dir=cache))
        mirror = apt_mirror(suite)
        command = ["debootstrap", "--variant=minbase", f"--include={STAND_IN}", suite, draft]
        done = subprocess.run([*command, *mirror], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Refused("debootstrap said: " + done.stdout.strip().splitlines()[-1])
        (draft / "usr/local/bin/python").symlink_to("/usr/bin/python3")  # as in the python image
        shutil.rmtree(draft / "var/cache/apt")
        shutil.rmtree(draft / "var/lib/apt/lists")
        draft.chmod(0o755)
        draft.rename(root)
    return root


def apt_mirror(suite: str) -> list[str]:
    """The mirror that this machine's own apt uses for a suite, if it does."""
    for file in sorted(Path("/etc/apt").rglob("*.*")):
        text = file.read_text("utf-8") if file.suffix in {".list", ".sources"} else ""
        for paragraph in text.split("\n\n"):
            fields = dict(re.findall(r"^(\w+): *(.*)$", paragraph, re.MULTILINE))
            if suite in fields.get("Suites", "").split():
                return fields["URIs"].split()[:1]
        if one := re.search(rf"^deb +(?:\[.*?\] +)?(\S+) +{suite} ", text, re.MULTILINE):
            return [one[1]]
    return []


def megabytes(folder: Path) -> int:
    """What a folder takes on the disk."""
    listed = subprocess.run(["du", "-sm", folder], check=True, capture_output=True, text=True)
    return int(listed.stdout.split()[0])


# --- the image ---------------------------------------------------------------------------------


def try_out(image: Stage) -> str:
    """Run the image as compose.yaml does; returns what could not be tried, "" when all was."""
    if image.user.split(":")[0] in {"0", "root"}:
        raise Refused("the image runs as root")
    with read_only(image):
        status, said = run(image, [*image.entrypoint, "bank", "check"])
        expect("`loopmate bank check` passes", status == 0, said)
        status, said = run(image, [*image.entrypoint, *image.cmd])
        one_sentence = status > 0 and len(said.splitlines()) == 1
        expect("without a token it says so in one sentence and ends", one_sentence, said)
        status, said = run(image, image.healthcheck)
        expect("no bot, no health", status == 1, said)
        if not (PROJECT / "tests/wire/loopback/__main__.py").exists():
            return "there is no loopback Discord yet to connect to"
        with loopback() as variables:
            live(image, variables)
    return ""


def live(image: Stage, variables: dict[str, str]) -> None:
    """Connect to the loopback Discord, become healthy, and stop when asked to."""
    started = time.monotonic()
    command = image.command([*image.entrypoint, *image.cmd])
    bot = subprocess.Popen(
        command, env=image.env | variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        healthy, said = False, ""
        while not healthy and bot.poll() is None and time.monotonic() < started + READY_WITHIN:
            time.sleep(0.2)
            status, said = run(image, image.healthcheck)
            healthy = status == 0
        taken = time.monotonic() - started
        if not healthy:
            bot.kill()
            said += "\n" + bot.communicate()[0].decode()
        expect(f"ready and healthy after {taken:.1f} s", healthy, said)
        bot.send_signal(signal.Signals[image.stop_signal])
        log = bot.communicate(timeout=STOPPED_WITHIN)[0].decode()
        expect(f"{image.stop_signal} stops it, exit 0", bot.returncode == 0, log)
    finally:
        bot.kill()


def run(image: Stage, argv: Sequence[str]) -> tuple[int, str]:
    """The exit status of a command in the image, and everything that it said."""
    done = subprocess.run(
        image.command(argv),
        env=image.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=READY_WITHIN,
        check=False,
    )
    return done.returncode, done.stdout.strip()


def expect(what: str, true: bool, said: str) -> None:
    """Go on if it is true."""
    if not true:
        raise Refused(f"{what}? It said:\n{said}")
    print(f"  {what}")


@contextmanager
def read_only(image: Stage) -> Iterator[None]:
    """The root cannot be written to, except for the volumes and /tmp."""

    def mount(*options: str | Path) -> None:
        subprocess.run(["mount", *options], check=True)

    volumes = {
        volume: image.root.parent / f"volume{number}" for number, volume in enumerate(image.volumes)
    }
    for volume, kept in volumes.items():
        subprocess.run(["cp", "--archive", image.inside(volume), kept], check=True)
    mount("--bind", image.root, image.root)
    try:
        mount("-o", "remount,ro,bind", image.root)
        for kernel in ("/proc", "/dev"):
            mount("--rbind", kernel, image.inside(kernel))
        mount("-t", "tmpfs", "tmpfs", image.inside("/tmp"))
        for volume, kept in volumes.items():
            mount("--bind", kept, image.inside(volume))
        yield
    finally:
        subprocess.run(["umount", "--recursive", image.root], check=True)


@contextmanager
def loopback() -> Iterator[dict[str, str]]:
    """A Discord on this machine, and the variables that lead a bot to it."""
    served = subprocess.Popen(
        [sys.executable, "-m", "tests.wire.loopback"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield json.loads(served.stdout.readline())["env"]
    finally:
        served.kill()
        served.wait()


if __name__ == "__main__":
    sys.exit(main())
