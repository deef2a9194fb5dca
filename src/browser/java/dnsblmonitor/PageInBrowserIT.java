package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.MadeUpHistory;
import dnsblmonitor.testing.NeedsBrowser;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R5d: the page of {@code serve} as people have it before them, in Chromium. */
@NeedsBrowser
class PageInBrowserIT {

  private static final int WIDE = 1280;
  private static final int TICKET_WIDTH = 900;
  private static final Path PICTURES = Path.of("target", "pictures");

  private static final List<String> PAGES =
      List.of(
          "/",
          "/addresses",
          "/addresses/203.0.113.7",
          "/blocklists",
          "/blocklists/zen.example",
          "/runs",
          "/runs/121");

  /** What is not in a box that scrolls, by tag and class. */
  private static final String WIDER_THAN_THE_WINDOW =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.scroll, .unseen') && !e.matches('.skip'))
        .filter(e => e.getBoundingClientRect().right > innerWidth)
        .map(e => e.tagName + '.' + e.className)
      """;

  private static final World WORLD =
      World.with("zen.example,bl.example,spam.example,allow.example*-1").set("DNS_TIMEOUT", "1");

  private static TestHistory history;

  /** Without a history. */
  private static ServeProcess plain;

  private static ServeProcess server;
  private static Playwright playwright;
  private static Browser browser;

  /**
   * One run that lists two addresses, then one for which one of the zones is silent: on a server
   * with the history of the test environment, and on one without.
   */
  @BeforeAll
  static void runTwice() {
    for (int i = 5; i <= 12; i++) {
      WORLD.database().insert("203.0.113." + i, 50);
    }
    WORLD.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    WORLD.dns().lists("bl.example", "203.0.113.9", "127.0.0.2");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(NeedsBrowser.Condition.program())
                    .setArgs(
                        List.of(
                            "--no-sandbox", // also for root, as in CI
                            "--disable-quic",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    history = TestHistory.create(WORLD.database());
    MadeUpHistory.write(history.settings(), Instant.now());
    server = ServeProcess.start(WORLD.set("HISTORY_DB_URL", history.url()));
    server.awaitEnd(server.submitted(Caller.ADMIN));
    plain = ServeProcess.start(WORLD.set("HISTORY_DB_URL", ""));
    plain.awaitEnd(plain.submitted(Caller.ADMIN));
    WORLD.dns().zone("bl.example").silent();
    WORLD.dns().lists("spam.example", "203.0.113.12", "127.0.0.4");
    plain.awaitEnd(plain.submitted(Caller.ADMIN));
    server.awaitEnd(server.submitted(Caller.ADMIN));
  }

  @AfterAll
  static void endWorld() {
    if (browser != null) {
      browser.close();
    }
    if (playwright != null) {
      playwright.close();
    }
    for (ServeProcess started : new ServeProcess[] {server, plain}) {
      if (started != null) {
        started.close();
      }
    }
    if (history != null) {
      history.close();
    }
    WORLD.close();
  }

  @Test
  void aDryRunIsAskedForAndSeenWithoutJavaScript() {
    try (BrowserContext context = context(ColorScheme.LIGHT, false)) {
      Page page = loggedIn(context, plain, Caller.SUBMITTER);
      page.getByLabel("Only these addresses").fill("203.0.113.7, 203.0.113.8");
      page.getByLabel("zen.example", new Page.GetByLabelOptions().setExact(true)).check();

      page.getByLabel("Only these addresses").press("Enter"); // presses the first button

      assertThat(page.getByRole(AriaRole.STATUS).textContent())
          .contains("started. Refresh to see its progress.");
      Await.until(
          "the run is seen to have succeeded",
          () -> {
            page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Refresh")).click();
            return firstRow(page, "runs").matches("(?s).*succeeded.*dry run.*");
          });
      assertThat(firstRow(page, "runs"))
          .contains("dry run", "1 of 4 lists (zen.example), 2 addresses");
      assertThat(heads(page)).as("the last full run's").contains("bl.example");

      button(page, "Log out").click();

      assertThat(page.url()).endsWith("/login");
    }
  }

  @Test
  void theTableSaysListedKeptUnknownAndClean() {
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      Page page = loggedIn(context, plain, Caller.MONITOR);

      assertThat(heads(page))
          .endsWith("zen.example", "bl.example", "spam.example", "allow.example allowlist");
      assertThat(words(page, "203.0.113.7")).containsExactly("listed", "unknown", "clean", "clean");
      assertThat(words(page, "203.0.113.9")).containsExactly("clean", "kept", "clean", "clean");
      assertThat(words(page, "203.0.113.12"))
          .containsExactly("clean", "unknown", "listed", "clean");
      assertThat(row(page, "203.0.113.9").textContent())
          .contains("0 (was 50; restored after delisting)", "bl.example");
      assertThat(row(page, "203.0.113.9").getByRole(AriaRole.LINK).getAttribute("href"))
          .startsWith(WORLD.jira().uri() + "/browse/OPS-");
      assertThat(row(page, "bl.example").textContent()).contains("broken", "ZoneUnreachable");
    }
  }

  /** With the contrast of every word in either scheme (WCAG 2, level AA). */
  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void axeFindsNoFault(ColorScheme scheme) {
    try (BrowserContext context = context(scheme, true)) {
      Page login = context.newPage();
      login.navigate(server.uri() + "/");
      assertThat(new AxeBuilder(login).analyze().getViolations()).isEmpty();
      login.close();

      assertThat(new AxeBuilder(loggedIn(context, plain, Caller.ADMIN)).analyze().getViolations())
          .isEmpty();
    }
    try (BrowserContext context = context(scheme, true)) {
      Page page = loggedIn(context, server, Caller.ADMIN);
      for (String path : PAGES) {
        page.navigate(server.uri() + path);
        assertThat(new AxeBuilder(page).analyze().getViolations()).as(path).isEmpty();
        picture(
            page, "serve%s-%s.png".formatted(name(path), scheme.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private static String name(String path) {
    return path.equals("/") ? "" : path.replace('/', '-');
  }

  /** The stand-in's page: what a ticket looks like, for those who have no Jira at hand. */
  @Test
  void aTicketIsReadWithoutALogin() {
    try (BrowserContext context = context(ColorScheme.LIGHT, false)) {
      Page page = context.newPage();
      page.setViewportSize(TICKET_WIDTH, 600);
      page.navigate(WORLD.jira().uri() + "/browse");
      page.locator("tr", new Page.LocatorOptions().setHasText("203.0.113.12"))
          .getByRole(AriaRole.LINK)
          .click();

      assertThat(page.title()).endsWith("IP 203.0.113.12 blacklisted by spam.example");
      assertThat(page.locator("table").last().textContent())
          .contains("LISTED", "NOT_LISTED", "UNKNOWN");
      assertThat(page.locator("footer").textContent()).contains("stand-in");
      picture(page, "ticket.png");
    }
  }

  @Test
  void theSchemeOfTheSystemIsFollowed() {
    assertThat(background(ColorScheme.LIGHT)).isEqualTo("rgb(255, 255, 255)");
    assertThat(background(ColorScheme.DARK)).isEqualTo("rgb(20, 23, 26)");
  }

  @Test
  void aKeyboardGetsToTheContentAtOnceAndThroughEveryTable() {
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      Page page = loggedIn(context, server, Caller.MONITOR);

      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo("Skip to the content");
      page.keyboard().press("Enter");
      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("content");

      int regions = page.locator(".scroll").count();
      assertThat(regions).isGreaterThan(3);
      int reached = 0;
      for (int tab = 0; tab < 200 && reached < regions; tab++) {
        page.keyboard().press("Tab");
        if (Boolean.TRUE.equals(page.evaluate("document.activeElement.matches('.scroll')"))) {
          reached++;
        }
      }
      assertThat(reached).isEqualTo(regions);
    }
  }

  @Test
  void theFirstRowAndColumnOfATableStayInSight() {
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      Page page = loggedIn(context, server, Caller.MONITOR);
      page.setViewportSize(800, 500);

      page.evaluate("document.querySelector('#zones').parentElement.style.maxHeight = '6rem'");
      page.evaluate("document.querySelector('#zones').parentElement.scrollTo(100, 100)");

      assertThat(page.evaluate(DISTANCES)).asInstanceOf(LIST).allMatch(ZERO_OR_BORDER::contains);
    }
  }

  private static final List<Object> ZERO_OR_BORDER = List.of(0, 1);

  private static final String DISTANCES =
      """
      const table = document.querySelector('#zones');
      const box = table.parentElement.getBoundingClientRect();
      [table.querySelector('thead th').getBoundingClientRect().top - box.top,
       table.querySelector('tbody th').getBoundingClientRect().left - box.left].map(Math.round)
      """;

  @Test
  void onANarrowScreenRowsAreCardsAndThePageDoesNotScrollSideways() {
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      Page page = loggedIn(context, server, Caller.ADMIN);
      page.setViewportSize(390, 800);
      for (String path : PAGES) {
        page.navigate(server.uri() + path);

        assertThat(page.evaluate(WIDER_THAN_THE_WINDOW)).as(path).asInstanceOf(LIST).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).as(path).isEqualTo(390);
      }
      page.navigate(server.uri() + "/");
      assertThat(
              page.evaluate("getComputedStyle(document.querySelector('#runs tbody tr')).display"))
          .isEqualTo("block");
      picture(page, "serve-narrow.png");
    }
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      Page page = loggedIn(context, plain, Caller.ADMIN);
      page.setViewportSize(360, 800);

      assertThat(page.evaluate(WIDER_THAN_THE_WINDOW)).asInstanceOf(LIST).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    }
  }

  @Test
  void whatIsListedLeadsToItsPast() {
    try (BrowserContext context = context(ColorScheme.LIGHT, false)) {
      Page page = loggedIn(context, server, Caller.MONITOR);
      assertThat(page.locator("#alive").textContent()).contains("The last complete run ended");
      assertThat(page.locator("#listed tbody tr").allTextContents().toString())
          .contains("203.0.113.7", "203.0.113.12", "not answering since");

      page.locator("#listed")
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("203.0.113.7"))
          .first()
          .click();

      assertThat(page.locator("h1").textContent()).isEqualTo("203.0.113.7");
      assertThat(page.getByRole(AriaRole.IMG).textContent()).contains("Listings of 203.0.113.7");
      assertThat(page.locator("#listings tbody tr").count()).isGreaterThan(1);
    }
  }

  @Test
  void nothingComesFromElsewhereAndNothingIsRefused() {
    List<String> requests = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      context.onRequest(request -> requests.add(request.url()));
      context.onConsoleMessage(message -> errors.add(message.text()));
      loggedIn(context, server, Caller.ADMIN).reload();
    }

    assertThat(requests)
        .hasSizeGreaterThan(4)
        .allMatch(url -> url.startsWith(server.uri().toString()));
    assertThat(errors).isEmpty();
  }

  private static BrowserContext context(ColorScheme scheme, boolean javaScript) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setIgnoreHTTPSErrors(true)
            .setColorScheme(scheme)
            .setJavaScriptEnabled(javaScript)
            .setViewportSize(WIDE, 900));
  }

  private static Page loggedIn(BrowserContext context, ServeProcess where, Caller caller) {
    Page page = context.newPage();
    page.navigate(where.uri() + "/");
    page.getByLabel("User").fill(caller.name());
    page.getByLabel("Password").fill(caller.password());
    button(page, "Log in").click();
    page.locator("#content").waitFor();
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator row(Page page, String name) {
    return page.locator("#table tbody tr, #health tbody tr")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.ROWHEADER,
                        new GetByRoleOptions().setName(Pattern.compile("^" + name + "(?!\\d)")))));
  }

  private static List<String> words(Page page, String address) {
    return row(page, address).locator(".word").allTextContents();
  }

  private static List<String> heads(Page page) {
    return page.locator("#table thead th").allInnerTexts().stream()
        .map(text -> text.replaceAll("\\s+", " "))
        .toList();
  }

  private static String firstRow(Page page, String table) {
    return page.locator("#" + table + " tbody tr").first().textContent();
  }

  private static Object focused(Page page) {
    return page.evaluate("document.activeElement.textContent");
  }

  private static Object background(ColorScheme scheme) {
    try (BrowserContext context = context(scheme, true)) {
      Page page = context.newPage();
      page.navigate(server.uri() + "/");
      return page.evaluate("getComputedStyle(document.body).backgroundColor");
    }
  }

  /** For README and docs. */
  private static void picture(Page page, String name) {
    page.screenshot(new ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name)));
  }
}
