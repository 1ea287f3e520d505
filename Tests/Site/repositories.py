"""Git repositories for tests, with chosen dates and authors."""
import os
import subprocess

DAY = 86400
START = 1_767_268_800  # 1 January 2026, noon, UTC


class Repository:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments, day=0, author="Ada Ösel"):
        name = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": "a@example.org"}
        dates = {"GIT_AUTHOR_DATE": f"{START + day * DAY} +0000", "GIT_COMMITTER_DATE": f"{START + day * DAY} +0000"}
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return subprocess.run(["git", "-C", self.folder, *arguments], check=True, capture_output=True, text=True, env={**os.environ, **name, **dates, **quiet}).stdout

    def write(self, path, text="The prompt.", fields=""):
        """Writes an agent named after its file, with extra frontmatter fields, or raw bytes as they are."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            target.write_bytes(text)
            return
        lines = "".join(f"{line}\n" for line in fields.splitlines())
        target.write_text(f"---\nname: {target.stem}\ndescription: Does what {target.stem} does.\n{lines}---\n\n{text}\n")

    def commit(self, day=0, author="Ada Ösel"):
        self.git("add", "-A", day=day)
        self.git("commit", "-qm", f"day {day}", day=day, author=author)
        return self.git("rev-parse", "HEAD").strip()


LONG = "\n".join(f"Line {number} of a prompt that is long enough to be told again." for number in range(30))
