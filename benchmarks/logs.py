"""Measure reading IIS logs against DuckDB, which only counts, and print docs/performance.md's table on logs.

Usage: python benchmarks/logs.py [--megabytes N ...] [--rounds N] [--jobs N] [--duckdb PYTHON]. Logs are generated:
three lines in ten are ActiveSync. DuckDB is installed from the package index into an environment of its own, unless
--duckdb names a Python that has it. Whole processes, which take turns; medians. Memory is that of all processes of
a run together.

What DuckDB does is one statement over the same files: per device hits, 449, 403 and two error tokens. It is asked in
two ways: as quickly as it can be written (case as it mostly is, tokens anywhere in the text), and as exactly as
policylint reads (any case, whole tokens). policylint reads all that histories and affinity need.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

FIELDS = (
    "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) "
    "sc-status sc-substatus sc-win32-status time-taken"
)
HEAD = f"#Software: Microsoft Internet Information Services 10.0\n#Date: 2022-07-20 00:00:00\n#Fields: {FIELDS}\n"
AGENTS = {
    "iPhone": "Apple-iPhone13C2/1906.80",
    "iPad": "Apple-iPad7C2/1805.212",
    "Android": "Android/4.1.2-EAS-1.3",
    "WP8": "MSFT-WP/8.10.14219",
    "SAMSUNGSMG960F": "SAMSUNG-SM-G960F/101.80000",
}
LOG = (
    "{status}PrxFrom:192.0.2.94_Ver1:161_HH:mail.contoso.example_SmtpAdrs:{user}%40contoso.example_FldrC1:1_Fid1:2_Ty1:Em_"
    "Filter1:5_St1:S_Sk1:{n}_Srv1:1a0c0d0s0e0r0A0sd_Cpo:{n}_Fet:{n}_Pk:{n}_{access}Mbx:EX8.contoso.example_"
    "Dc:dc-srv.contoso.example_Throttle:0_SBkOffD:L%2f-470_Budget:(D)Owner%3aS-1-5-21-1-2-3-{n}%5F{device}%5F{kind}%2c"
    "Conn%3a1%2cMaxConn%3a10%2cMaxBurst%3a480000%2cBalance%3a480000%2cCutoff%3a600000%2cPolicy%3aGlobalThrottlingPolicy"
    "%5F11112222-3333-4444-5555-666677778888%2cLiveTime%3a00%3a00%3a{n}_"
)
OTHERS = (
    "/owa/service.svc action=GetConversationItems&UA=0&app=Mail&cafeReqId={id}; 443 CONTOSO\\{user} {client} "
    "Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/103.0+Safari/537.36 "
    "https://mail.contoso.example/owa/ 200 0 0 {n}",
    "/EWS/Exchange.asmx &CorrelationID=<empty>;&cafeReqId={id}; 443 {user}@contoso.example {client} "
    "MacOutlook/16.62.22061100+(Intelx64+Mac+OS+X+Version+12.4+(Build+21F79)) - 200 0 0 {n}",
    "/mapi/emsmdb/ MailboxId={id}@contoso.example&CorrelationID=<empty>;&cafeReqId={id};&LatencyInfo=ActivityContext"
    "%3aActivityID%3d{id}%3bI32%3aADR.C%5bdc-srv%5d%3d1%3bF%3aADR.AL%5bdc-srv%5d%3d1.3453%3bI32%3aRPC.C%5bMBX1%5d%3d4%3b"
    "Dbl%3aRPC.T%5bMBX1%5d%3d9%3bI32%3aROP.C%5bMBX1%5d%3d105127034%3bI32%3aMAPI.C%5bMBX1%5d%3d31%3bS%3aWLM 443 "
    "CONTOSO\\{user} {client} Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.14931) - 200 0 0 {n}",
    "/autodiscover/autodiscover.xml &CorrelationID=<empty>;&cafeReqId={id}; 443 - {client} "
    "Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.14931;+Pro) - 401 1 2148074254 {n}",
    "/rpc/rpcproxy.dll {id}@contoso.example:6002&CorrelationID=<empty>;&RequestId={id}&cafeReqId={id}; 443 "
    "CONTOSO\\{user} {client} MSRPC - 200 0 64 {n}",
)

OURS = """
import sys
from policylint.evidence.files import EvidenceFile
from policylint.evidence.logs import affinity, histories, read_logs
files = [EvidenceFile(path, path.rpartition("/")[0], path) for path in sys.argv[2:]]
logs = read_logs(files, jobs=int(sys.argv[1]))
rows = histories(logs.reading)
affinity(logs.reading)
print(len({row.device.lower() for row in rows}), sum(report.used for report in logs.files.values()))
"""
THEIRS = """
import sys, duckdb
duckdb.execute(f"set threads = {sys.argv[1]}; set enable_progress_bar = false")
rows = duckdb.execute(open(sys.argv[2]).read(), [sys.argv[3:]]).fetchall()
print(len(rows), sum(row[1] for row in rows))
"""
READ = f"""read_csv($1, columns = {{{", ".join(f"'{name}': 'VARCHAR'" for name in FIELDS.split())}}},
delim = ' ', quote = '', escape = '', comment = '#', header = false, auto_detect = false, strict_mode = false)"""
QUICK = f"""
select regexp_extract("cs-uri-query", 'DeviceId=([^&]*)', 1), count(*),
  count(*) filter ("sc-status" = '449'), count(*) filter ("sc-status" = '403'),
  count(*) filter ("cs-uri-query" like '%Error:DeviceNotProvisioned%'),
  count(*) filter ("cs-uri-query" like '%Error:PolicyRefresh%')
from {READ} where "cs-uri-stem" like '/Microsoft-Server-ActiveSync%' group by 1"""
EXACT = f"""
select lower(regexp_extract("cs-uri-query", '(?:^|&)DeviceId=([^&]*)', 1, 'i')), count(*),
  count(*) filter ("sc-status" = '449'), count(*) filter ("sc-status" = '403'),
  count(*) filter (regexp_matches("cs-uri-query", '[=_]Error:DeviceNotProvisioned(_|&|$)')),
  count(*) filter (regexp_matches("cs-uri-query", '[=_]Error:PolicyRefresh(_|&|$)'))
from {READ}
where regexp_matches("cs-uri-stem", '^/Microsoft-Server-ActiveSync(/(Proxy/)?default\\.eas)?$', 'i') group by 1"""


def lines(size: int, server: int, devices: int = 1500) -> Iterator[str]:
    """Write two days of a server, the same in every run: a twentieth of the devices are refused, and some lines."""
    people_dice, dice = random.Random(2022), random.Random(server)
    people = [
        (
            f"user{n}",
            f"Appl{people_dice.getrandbits(48):012X}",
            people_dice.choice(list(AGENTS)),
            f"203.0.113.{n % 250}",
            n % 20 == 0,
        )
        for n in range(devices)
    ]
    begin, written, number = datetime(2022, 7, 20), 0, 0
    while written < size:
        number += 1
        user, device, kind, client, refused = people[int(dice.random() * devices)]
        time = begin + timedelta(seconds=172_800 * written / size)
        start = f"{time:%Y-%m-%d %H:%M:%S} 192.0.2.{server} POST "
        if dice.random() < 0.3:
            luck, status, access, http = dice.random(), "SC1:1_", "As:AllowedG_", 200
            if refused or luck < 0.005:
                status, access = "SC1:142_Error:DeviceNotProvisioned_", "As:BlockedP_"
                http = 449 if luck < 0.005 else 200
            elif luck < 0.01:
                status = "SC1:143_Error:PolicyRefresh_"
            elif luck < 0.015:
                status, access, http = "Error:UserDisabledForSync_", "", 403
            log = LOG.format(status=status, access=access, user=user, device=device, kind=kind, n=number)
            command = dice.choice(("Sync", "Sync", "Ping", "FolderSync", "ItemOperations"))
            line = (
                f"{start}/Microsoft-Server-ActiveSync/Proxy/default.eas Cmd={command}&User=contoso%5C{user}"
                f"&DeviceId={device}&DeviceType={kind}&Log={log} 444 CONTOSO\\{user} {client} "
                f"{AGENTS[kind]} - {http} 0 0 {number % 999}\n"
            )
        else:
            key = f"{number:08x}-1111-4222-8333-444455556666"
            line = start + dice.choice(OTHERS).format(id=key, user=user, client=client, n=number % 999) + "\n"
        written += len(line)
        yield line


def generate(folder: Path, megabytes: int) -> list[str]:
    """Write logs of so many megabytes in four files, as four servers would."""
    paths = [folder / f"u_ex{megabytes}_{number}.log" for number in range(4)]
    each = megabytes * 1_000_000 // len(paths)
    for server, path in enumerate(paths, start=11):
        with path.open("w", encoding="ascii") as file:
            file.write(HEAD)
            file.writelines(lines(each, server))
    return [str(path) for path in paths]


def memory(group: int) -> int:
    """Return how many MiB all processes of a group hold; what they share counts once (their proportional set sizes)."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) == group:
                said = (process / "smaps_rollup").read_text(encoding="ascii")
                total += int(said.partition("\nPss:")[2].split()[0])
        except (OSError, IndexError):
            continue
    return total // 1024


def run(command: list[str]) -> tuple[float, int, str]:
    """Run a command to its end: seconds, peak memory in MiB, output."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    peak, over = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.05):
            peak = max(peak, memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - begin
    over.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{command[:3]} failed")
    return seconds, peak, output


def duckdb_in(folder: Path) -> str:
    """Install DuckDB into an environment of its own, and return its Python."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", "duckdb"], check=True)
    return python


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--megabytes", type=int, nargs="+", default=[100, 1000])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--duckdb", metavar="PYTHON", help="a Python that has DuckDB")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, jobs = Path(name), str(chosen.jobs)
        duckdb = chosen.duckdb or duckdb_in(folder / "duckdb")
        version = run([duckdb, "-c", "import duckdb; print(duckdb.__version__)"])[2].strip()
        for statement, text in (("quick", QUICK), ("exact", EXACT)):
            (folder / f"{statement}.sql").write_text(text, encoding="ascii")
        print(f"| MB | policylint, s | MiB | DuckDB {version} quick, s | exact, s | MiB | to quick | to exact |")
        print("| --- " * 8 + "|")
        for megabytes in chosen.megabytes:
            paths = generate(folder, megabytes)
            commands = {
                "ours": [sys.executable, "-c", OURS, jobs, *paths],
                "quick": [duckdb, "-c", THEIRS, jobs, str(folder / "quick.sql"), *paths],
                "exact": [duckdb, "-c", THEIRS, jobs, str(folder / "exact.sql"), *paths],
            }
            rounds = [{name: run(command) for name, command in commands.items()} for _ in range(chosen.rounds)]
            answers = {done[2] for each in rounds for done in each.values()}
            if len(answers) != 1:
                raise SystemExit(f"devices and lines differ: {sorted(answers)}")
            taken = {name: statistics.median(each[name][0] for each in rounds) for name in commands}
            held = {name: max(each[name][1] for each in rounds) for name in commands}
            ratios = [
                statistics.median(each["ours"][0] / each[other][0] for each in rounds) for other in ("quick", "exact")
            ]
            print(
                f"| {megabytes:,} | {taken['ours']:.2f} | {held['ours']} | {taken['quick']:.2f} | {taken['exact']:.2f} "
                f"| {max(held['quick'], held['exact'])} | {ratios[0]:.2f} | {ratios[1]:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
