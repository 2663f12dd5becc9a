import pytest
from click.testing import CliRunner

from escplaybook.cli.main import cli


@pytest.fixture
def run(path):
    """Runs a command on the story's book and returns (exit code, output, errors)."""

    def command(*words):
        result = CliRunner().invoke(cli, [*words, "--book", str(path)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return command
