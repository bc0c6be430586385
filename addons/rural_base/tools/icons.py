"""Draw the icons that are made of plain shapes, in the suite's colours: `python icons.py` from the addons' folder."""

import math
from pathlib import Path

from PIL import Image, ImageDraw

SIZE, SCALE = 128, 4
TOP, BOTTOM, HILL = (67, 145, 68), (34, 103, 58), (38, 110, 56)
WHITE, GOLD, GREEN = (255, 255, 255), (255, 195, 60), (46, 125, 50)


def ground() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Return the green square with round corners and two hills, and what draws on it."""
    side = SIZE * SCALE
    picture = Image.new("RGB", (side, side))
    draw = ImageDraw.Draw(picture)
    for row in range(side):
        share = row / side
        draw.line(
            ((0, row), (side, row)),
            fill=tuple(round(a + (b - a) * share) for a, b in zip(TOP, BOTTOM, strict=True)),
        )
    circle(draw, 30, 170, 84, HILL)
    circle(draw, 104, 176, 80, HILL)
    return picture, draw


def circle(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: tuple) -> None:
    """Draw a circle around a point of the 128 × 128 grid."""
    draw.ellipse([SCALE * (x - radius), SCALE * (y - radius), SCALE * (x + radius), SCALE * (y + radius)], fill=fill)


def polygon(draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], fill: tuple) -> None:
    """Draw a polygon through points of the 128 × 128 grid."""
    draw.polygon([(SCALE * x, SCALE * y) for x, y in points], fill=fill)


def box(draw: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float, fill: tuple, radius=4) -> None:
    """Draw a box with round corners."""
    draw.rounded_rectangle([SCALE * side for side in (left, top, right, bottom)], radius=SCALE * radius, fill=fill)


def save(picture: Image.Image, path: Path) -> None:
    """Cut the corners round and save the icon in its size."""
    side = SIZE * SCALE
    mask = Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).rounded_rectangle([SCALE, SCALE, side - SCALE, side - SCALE], radius=26 * SCALE, fill=255)
    picture.putalpha(mask)
    picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(path, optimize=True)


def configuration(path: Path) -> None:
    """Draw a cogwheel above lines of data."""
    picture, draw = ground()
    for tooth in range(8):
        angle = math.pi * tooth / 4
        across, along = (-math.sin(angle), math.cos(angle)), (math.cos(angle), math.sin(angle))
        points = [
            (64 + along[0] * far + across[0] * wide, 64 + along[1] * far + across[1] * wide)
            for far, wide in ((24, -10), (43, -7), (43, 7), (24, 10))
        ]
        polygon(draw, points, WHITE)
    circle(draw, 64, 64, 33, WHITE)
    circle(draw, 64, 64, 18, GREEN)
    circle(draw, 64, 64, 11, GOLD)
    save(picture, path)


def settlement(path: Path) -> None:
    """Draw a sheet with lines and their sum."""
    picture, draw = ground()
    box(draw, 32, 20, 96, 108, WHITE, radius=6)
    for row, width in ((34, 26), (48, 34), (62, 20)):
        box(draw, 41, row, 41 + width, row + 5, (150, 200, 152), radius=2)
        box(draw, 79, row, 88, row + 5, GREEN, radius=2)
    box(draw, 41, 76, 88, 79, GREEN, radius=1)
    box(draw, 41, 86, 62, 96, GREEN, radius=3)
    circle(draw, 88, 94, 18, GOLD)
    for start, end in (((80, 94), (86, 101)), ((86, 101), (97, 88))):
        draw.line(
            [tuple(SCALE * each for each in start), tuple(SCALE * each for each in end)], fill=WHITE, width=5 * SCALE
        )
        circle(draw, *start, 2.4, WHITE)
        circle(draw, *end, 2.4, WHITE)
    save(picture, path)


def house(draw: ImageDraw.ImageDraw, left: float, top: float, width: float) -> None:
    """Draw a house with a door, its roof beginning at a point of the grid."""
    wall, roof = width * 0.5, width * 0.42
    polygon(draw, [(left, top + roof), (left + width / 2, top), (left + width, top + roof)], GOLD)
    box(draw, left + width * 0.1, top + roof, left + width * 0.9, top + roof + wall, WHITE, radius=3)
    box(draw, left + width * 0.4, top + roof + wall * 0.35, left + width * 0.6, top + roof + wall, GREEN, radius=2)


def stations(path: Path) -> None:
    """Draw the houses of a village."""
    picture, draw = ground()
    house(draw, 14, 52, 44)
    house(draw, 72, 56, 42)
    house(draw, 32, 26, 64)
    save(picture, path)


def station_ledger(path: Path) -> None:
    """Draw an open book with bars of a ranking."""
    picture, draw = ground()
    box(draw, 20, 30, 62, 98, WHITE, radius=5)
    box(draw, 66, 30, 108, 98, WHITE, radius=5)
    for row, width in ((42, 28), (54, 22), (66, 28), (78, 16)):
        box(draw, 27, row, 27 + width, row + 5, (150, 200, 152), radius=2)
    for column, height in ((73, 18), (84, 32), (95, 46)):
        box(draw, column, 90 - height, column + 7, 90, GOLD if height == 46 else GREEN, radius=2)
    save(picture, path)


def station_assessment(path: Path) -> None:
    """Draw a house under a tick."""
    picture, draw = ground()
    house(draw, 16, 38, 70)
    circle(draw, 88, 84, 24, GOLD)
    for start, end in (((77, 85), (85, 93)), ((85, 93), (99, 76))):
        draw.line(
            [tuple(SCALE * each for each in start), tuple(SCALE * each for each in end)], fill=WHITE, width=6 * SCALE
        )
    save(picture, path)


def portal(path: Path) -> None:
    """Draw a window with lines."""
    picture, draw = ground()
    box(draw, 22, 28, 106, 100, WHITE, radius=6)
    box(draw, 22, 28, 106, 42, GOLD, radius=6)
    for row, width in ((54, 56), (66, 40), (78, 56)):
        box(draw, 34, row, 34 + width, row + 6, (150, 200, 152), radius=2)
    save(picture, path)


def station_portal(path: Path) -> None:
    """Draw a house on a telephone."""
    picture, draw = ground()
    box(draw, 36, 12, 92, 116, WHITE, radius=9)
    box(draw, 42, 22, 86, 100, (225, 240, 225), radius=3)
    house(draw, 45, 40, 38)
    circle(draw, 64, 108, 4, GREEN)
    save(picture, path)


def training(path: Path) -> None:
    """Draw the cap of whoever has passed."""
    picture, draw = ground()
    polygon(draw, [(36, 58), (92, 58), (92, 84), (64, 94), (36, 84)], GREEN)
    box(draw, 36, 56, 92, 84, (200, 230, 201), radius=8)
    polygon(draw, [(12, 52), (64, 28), (116, 52), (64, 76)], WHITE)
    box(draw, 104, 50, 109, 84, GOLD, radius=2)
    circle(draw, 106.5, 88, 7, GOLD)
    save(picture, path)


def penalty(path: Path) -> None:
    """Draw scales."""
    picture, draw = ground()
    box(draw, 61, 24, 67, 98, WHITE, radius=3)
    box(draw, 42, 96, 86, 104, WHITE, radius=4)
    box(draw, 26, 34, 102, 40, WHITE, radius=3)
    circle(draw, 64, 26, 8, GOLD)
    for middle in (30, 98):
        polygon(draw, [(middle, 40), (middle - 16, 70), (middle - 12, 70), (middle, 47)], WHITE)
        polygon(draw, [(middle, 40), (middle + 16, 70), (middle + 12, 70), (middle, 47)], WHITE)
        polygon(draw, [(middle - 19, 69), (middle + 19, 69), (middle + 10, 82), (middle - 10, 82)], GOLD)
    save(picture, path)


def station_partner(path: Path) -> None:
    """Draw a partner before the door of a station."""
    picture, draw = ground()
    house(draw, 20, 30, 70)
    circle(draw, 88, 66, 12, GOLD)
    box(draw, 72, 82, 104, 108, GOLD, radius=12)
    save(picture, path)


if __name__ == "__main__":
    configuration(Path("rural_base/static/description/configuration.png"))
    settlement(Path("rural_settlement/static/description/icon.png"))
    stations(Path("rural_station/static/description/icon.png"))
    station_ledger(Path("rural_station_ledger/static/description/icon.png"))
    station_assessment(Path("rural_station_assessment/static/description/icon.png"))
    portal(Path("rural_portal/static/description/icon.png"))
    station_portal(Path("rural_station_portal/static/description/icon.png"))
    training(Path("rural_training/static/description/icon.png"))
    penalty(Path("rural_penalty/static/description/icon.png"))
    station_partner(Path("rural_station_partner/static/description/icon.png"))
