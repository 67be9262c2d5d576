"""``python -m procurelib.places``: rewrite the compiled twins of the files of bodies."""

from procurelib.places.files import write_compiled

if __name__ == "__main__":
    for path in write_compiled():
        print(path)
