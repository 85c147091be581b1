"""The mutation fuzzer at length: `make fuzz`, or `python -m tests.fuzz --cases 2000 --seed 1`."""

from __future__ import annotations

import time
from pathlib import Path

import click

from tests.fuzz.mutate import mutated
from tests.fuzz.running import peak_memory_of_readers, run


@click.command()
@click.option("--cases", default=2000, show_default=True, help="How many workbooks to damage.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives other cases.")
@click.option("--only", type=int, help="Run this one case.")
@click.option("--keep", type=click.Path(path_type=Path), help="With --only: write its workbook into this folder.")
def main(cases: int, seed: int, only: int | None, keep: Path | None) -> None:
    """Damage workbooks in many ways; each must give data or a W-finding, and stay as it is."""
    if only is not None and keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        name, data = mutated(seed, only)
        (keep / name).write_bytes(data)
        click.echo(f"wrote {keep / name}")
    started = time.perf_counter()
    result = run(seed, [only] if only is not None else range(cases))
    click.echo(f"{result.cases} cases of seed {seed} in {time.perf_counter() - started:.0f} s")
    click.echo(f"  readable {result.readable}, with milestones {result.with_milestones}")
    click.echo(f"  codes    {', '.join(f'{code} {count}' for code, count in sorted(result.codes.items()))}")
    click.echo(f"  slowest  {result.slowest[0]:.1f} s, {result.slowest[1]}")
    click.echo(f"  memory   {peak_memory_of_readers():.0f} MiB at most in a reader")
    for reason, count in result.reasons.most_common():
        click.echo(f"  {count:6} x {reason}")
    for number, why in result.failures:
        click.echo(f"FAILED {number}: {why}\n       python -m tests.fuzz --seed {seed} --only {number} --keep damaged")
    raise SystemExit(1 if result.failures else 0)


if __name__ == "__main__":
    main()
