"""`python -m wuye_tui`, and the `wuye` command."""


def main() -> None:
    """Runs the command line and leaves with its exit status."""
    from wuye_tui.cli.main import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
