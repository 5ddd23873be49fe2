"""A line to a server that is cut at the worst moment: the commit arrives, its answer does not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Line:
    """A port of this machine that leads to a server's socket."""

    def __init__(self, server: Path) -> None:
        self.is_armed = False
        self.cuts = 0
        self._server = server
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._open, daemon=True).start()

    def close(self) -> None:
        """No further connection; those that there are go on."""
        self._door.close()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server))
                for there, back in ((client, server), (server, client)):
                    given = (there, back, there is client)
                    threading.Thread(target=self._carry, args=given, daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket, is_client: bool) -> None:
        with suppress(OSError):
            while data := here.recv(65536):
                if is_client and self.is_armed and b"COMMIT" in data:
                    self.is_armed, self.cuts = False, self.cuts + 1
                    here.shutdown(socket.SHUT_RDWR)  # whoever asks hears nothing any more
                    there.sendall(data)
                    there.recv(65536)  # done
                    break
                there.sendall(data)
        for one in (here, there):
            with suppress(OSError):
                one.close()


@contextmanager
def line_to(folder: Path) -> Iterator[Line]:
    """A line to the server whose socket lies in this folder."""
    found = Line(folder / ".s.PGSQL.5432")
    yield found
    found.close()
