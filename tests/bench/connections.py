"""A Connections.csv as LinkedIn makes it: everybody has a profile, and one in twenty an address."""

from pathlib import Path

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def make_connections(path: Path, people: int) -> None:
    with path.open("w") as file:
        file.write(HEADER)
        for number in range(people):
            email = "" if number % 20 else f"connected{number}@x.example"
            file.write(
                f"Person{number},Of {number % 997},https://www.linkedin.com/in/person-{number},"
                f'{email},"Company {number % 97}, Inc.",Engineer {number % 31},'
                f"{1 + number % 28:02} Sep 2017\n"
            )
