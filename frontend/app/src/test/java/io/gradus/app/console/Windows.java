package io.gradus.app.console;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Windows of a browser, used again when they are closed: what the console's scripts were compiled
/// to stays in them, as in a person's browser, and nothing else does.
final class Windows {
  private final Browser browser;
  private final String address;
  private final Map<Look, Deque<BrowserContext>> free = new HashMap<>();

  /// What is set when a window is made.
  record Look(int width, int height, boolean dark) {}

  /// @param address of the only server that is looked at
  Windows(Browser browser, String address) {
    this.browser = browser;
    this.address = address;
  }

  /// An empty page in a window without cookies or anything else that is kept. To be closed before
  /// its window is used again.
  Page open(Look look) {
    Deque<BrowserContext> windows = free.computeIfAbsent(look, _ -> new ArrayDeque<>());
    BrowserContext window = windows.poll();
    if (window == null) {
      window = browser.newContext(ConsoleFixture.options(look));
      window.setDefaultTimeout(ConsoleFixture.ACTION_MILLIS);
      window.onClose(windows::remove);
    } else {
      window.pages().forEach(Page::close); // what the last test's page had opened
      window.unrouteAll();
      window.setOffline(false);
      window.clearCookies();
      window.clearPermissions();
    }
    BrowserContext mine = window;
    Page page = mine.newPage();
    forget(page);
    page.onClose(_ -> windows.push(mine));
    return page;
  }

  private void forget(Page page) {
    var what = new JsonObject();
    what.addProperty("origin", address);
    what.addProperty("storageTypes", "local_storage,indexeddb");
    CDPSession session = page.context().newCDPSession(page);
    session.send("Storage.clearDataForOrigin", what);
    session.detach();
  }
}
