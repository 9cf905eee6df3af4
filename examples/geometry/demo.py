"""Draws, measures and takes apart a few polylines.

    demo.py [SVG PATH...]
"""

import sys

from geometry import OpenPath, Point, Polyline, Unit, bounds, distance, regular_polygon, to_metres

PATHS = ["M 0 0 H 4 V 3 Z", "M 1 1 l 2 0 l 0 2"]


def show(path):
    line = Polyline.from_svg(path)
    line.name = path
    print(line.name)
    print(f"  {len(line)} points, {line.length:.2f} m long, within {bounds(*line)}")
    try:
        print(f"  area {line.area():.2f}")
    except OpenPath as error:
        print(f"  no area: {error} (gap {error.gap:.2f})")


def main(arguments):
    for path in arguments or PATHS:
        show(path)

    print(f"\n3-4-5: {distance(Point(3, 4))}, squared {distance(Point(3, 4), squared=True)}")
    for sides in (3, 4, 6, 100):
        print(f"a regular polygon of {sides:3} sides has an area of {regular_polygon(sides).area():.4f}")
    for unit in Unit:
        print(f"1 {unit} = {to_metres(1, unit)} m")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ValueError as error:
        sys.exit(f"demo.py: {error}")
