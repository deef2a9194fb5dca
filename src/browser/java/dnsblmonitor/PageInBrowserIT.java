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
import dnsblmonitor.testing.NeedsBrowser;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.World;
import java.nio.file.Path;
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

  /** What is not in a box that scrolls, by tag and class. */
  private static final String WIDER_THAN_THE_WINDOW =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.scroll') && !e.matches('.skip'))
        .filter(e => e.getBoundingClientRect().right > innerWidth)
        .map(e => e.tagName + '.' + e.className)
      """;

  private static final World WORLD =
      World.with("zen.example,bl.example,spam.example,allow.example*-1").set("DNS_TIMEOUT", "1");

  private static ServeProcess server;
  private static Playwright playwright;
  private static Browser browser;

  /** One run that lists two addresses, then one for which one of the zones is silent. */
  @BeforeAll
  static void runTwice() {
    for (int i = 5; i <= 12; i++) {
      WORLD.database().insert("203.0.113." + i, 50);
    }
    WORLD.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    WORLD.dns().lists("bl.example", "203.0.113.9", "127.0.0.2");
    server = ServeProcess.start(WORLD);
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
    server.awaitEnd(server.submitted(Caller.ADMIN));
    WORLD.dns().zone("bl.example").silent();
    WORLD.dns().lists("spam.example", "203.0.113.12", "127.0.0.4");
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
    if (server != null) {
      server.close();
    }
    WORLD.close();
  }

  @Test
  void aDryRunIsAskedForAndSeenWithoutJavaScript() {
    try (BrowserContext context = context(ColorScheme.LIGHT, false)) {
      Page page = loggedIn(context, Caller.SUBMITTER);
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
      Page page = loggedIn(context, Caller.MONITOR);

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

      Page page = loggedIn(context, Caller.ADMIN);
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      picture(page, "serve-%s.png".formatted(scheme.name().toLowerCase(Locale.ROOT)));
    }
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
  void aKeyboardGetsToTheTableAtOnce() {
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      Page page = loggedIn(context, Caller.MONITOR);

      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo("Skip to the addresses");
      page.keyboard().press("Enter");

      assertThat(focused(page)).isEqualTo("Addresses");
    }
  }

  @Test
  void onANarrowScreenTheTablesScrollAndNotThePage() {
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      Page page = loggedIn(context, Caller.ADMIN);
      page.setViewportSize(360, 800);

      assertThat(page.evaluate(WIDER_THAN_THE_WINDOW)).asInstanceOf(LIST).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    }
  }

  @Test
  void nothingComesFromElsewhereAndNothingIsRefused() {
    List<String> requests = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    try (BrowserContext context = context(ColorScheme.LIGHT, true)) {
      context.onRequest(request -> requests.add(request.url()));
      context.onConsoleMessage(message -> errors.add(message.text()));
      loggedIn(context, Caller.ADMIN).reload();
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

  private static Page loggedIn(BrowserContext context, Caller caller) {
    Page page = context.newPage();
    page.navigate(server.uri() + "/");
    page.getByLabel("User").fill(caller.name());
    page.getByLabel("Password").fill(caller.password());
    button(page, "Log in").click();
    page.locator("#table").waitFor();
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
