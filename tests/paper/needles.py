"""A needle printer that understands what the office's forms are sent with, and nothing else."""

from dataclasses import dataclass, field

CELL = 26  # units of 1/360 inch


@dataclass
class Needles:
    """What lies in the tray: pages of lines, each line pieces by the cell at which they begin."""

    length: int = 0  # of a page, in 1/360 inch
    pages: list[list[dict[int, str]]] = field(default_factory=lambda: [[{}]])
    pictures: list[list[int]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Each page as its words."""
        return ["\n".join(" ".join(line.values()) for line in page) for page in self.pages]


def printed(sent: bytes) -> Needles:
    """Prints what was sent. ValueError for a command that it does not know."""
    tray, at, place, text = Needles(), 0, 0, bytearray()

    def end() -> None:
        if text:
            tray.pages[-1][-1][place // CELL] = text.decode("gbk")
            text.clear()

    while at < len(sent):
        two, byte = sent[at : at + 2], sent[at]
        if two in (b"\x1b@", b"\x1b2", b"\x1bg", b"\x1c&"):
            at += 2
        elif two in (b"\x1bx", b"\x1b ", b"\x1cW", b"\x1bW"):
            at += 3
        elif two == b"\x1cS":
            at += 4
        elif two == b"\x1b(":
            many = int.from_bytes(sent[at + 3 : at + 5], "little")
            if sent[at + 2 : at + 3] == b"C":
                tray.length = int.from_bytes(sent[at + 5 : at + 5 + many], "little")
            at += 5 + many
        elif two == b"\x1b$":
            end()
            place, at = int.from_bytes(sent[at + 2 : at + 4], "little"), at + 4
        elif two == b"\x1b*":
            if sent[at + 2] != 39:
                raise ValueError(sent[at : at + 3])
            columns = int.from_bytes(sent[at + 3 : at + 5], "little")
            dots = sent[at + 5 : at + 5 + 3 * columns]
            tray.pictures.append(
                [int.from_bytes(dots[n : n + 3], "big") for n in range(0, len(dots), 3)]
            )
            text += "〓".encode("gbk")
            at += 5 + 3 * columns
        elif byte == 0x0D:
            end()
            place, at = 0, at + 1
        elif byte == 0x0A:
            tray.pages[-1].append({})
            at += 1
        elif byte == 0x0C:
            end()
            tray.pages.append([{}])
            at += 1
        elif byte < 0x20:
            raise ValueError(sent[at : at + 4])
        else:
            wide = 1 if byte < 0x80 else 2
            text += sent[at : at + wide]
            at += wide
    end()
    assert tray.pages.pop() == [{}], "the last page was not put out"
    return tray
