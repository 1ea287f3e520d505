"""The browser of the tests, and pages that record what goes wrong in them."""
import contextlib
import shutil

# Chromium without a window, which needs half the processor time. Debian packages it separately.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
OPTIONS = {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@contextlib.contextmanager
def opened(browser, address, **options):
    """Opens a page and records its errors, warnings, dialogs and requests."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: message.type in ("error", "warning") and page.problems.append(message.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("dialog", lambda dialog: (page.problems.append("a dialog"), dialog.dismiss()))
    page.requests = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.goto(address)
    yield page
    context.close()


def follow(link):
    """Clicks a link and waits for its page. Without that, Chromium may answer from a page of which only a part is read."""
    with link.page.expect_navigation():
        link.click()
