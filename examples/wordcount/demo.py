"""Prints the ten most common words of a file.

    demo.py [FILE...]

Without a file, of this repository's licence texts and documents.
"""

import pathlib
import sys

from wordcount import Counter, count_file


def texts_of_repository():
    root = pathlib.Path(__file__).resolve().parents[2]
    return sorted(root.glob("LICENSE-*")) + sorted(root.glob("*.md")) + sorted(root.glob("*/README.md"))


def main(arguments):
    paths = [pathlib.Path(argument) for argument in arguments] or texts_of_repository()
    counter = Counter()
    for path in paths:
        try:
            counted = count_file(path)
        except OSError as error:
            return f"demo.py: {error}"
        for word, times in counted.most_common():
            counter.add(word, times)

    files = paths[0].name if len(paths) == 1 else f"{len(paths)} files"
    print(f"{counter.total:,} words in {files}, {len(counter):,} of them different\n")
    top = counter.most_common(10)
    width = max((len(word) for word, _ in top), default=0)
    for rank, (word, times) in enumerate(top, 1):
        bar = "#" * max(1, round(40 * times / top[0][1]))
        print(f"{rank:3}  {word:{width}}  {times:6,}  {bar}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
