package dnsblmonitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dnsblmonitor.domain.Redaction;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Renders pages from records with Mustache templates, which escape all values. */
final class Html {

  /** No scripts, no third-party content, no framing, no forms to other sites. */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private final Mustache.Compiler compiler;
  private final Map<Class<?>, Template> templates;

  /**
   * @param redaction applied to all values; queried each time (R32)
   */
  Html(Supplier<Redaction> redaction) {
    compiler =
        Mustache.compiler()
            .strictSections(true)
            .withCollector(new Optionals())
            .withEscaper(text -> Escapers.HTML.escape(redaction.get().of(text)))
            .withLoader(Html::source);
    templates =
        Map.ofEntries(
            Map.entry(PageView.class, template("page")),
            Map.entry(OverviewView.class, template("overview")),
            Map.entry(RowsView.class, template("addresses")),
            Map.entry(AddressView.class, template("address")),
            Map.entry(BlocklistsView.class, template("blocklists")),
            Map.entry(BlocklistView.class, template("blocklist")),
            Map.entry(RunsView.class, template("runs")),
            Map.entry(RunView.class, template("run")),
            Map.entry(Login.class, template("login")),
            Map.entry(Message.class, template("message")));
  }

  /** Shows a section for the value of an Optional, or its inverse if it is empty. */
  private static final class Optionals extends DefaultCollector {
    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> optional
          ? optional.stream().iterator()
          : super.toIterator(value);
    }
  }

  /** The content of the login form. */
  record Login(boolean failed) {}

  /** A page with only a message. */
  record Message(String title, String text) {}

  /** Renders a page from its content, whose class has a template. */
  String page(Record view) {
    return Objects.requireNonNull(templates.get(view.getClass())).execute(view);
  }

  private Template template(String name) {
    return compiler.compile(source(name));
  }

  private static Reader source(String name) {
    String file = name + ".mustache";
    return new InputStreamReader(
        Objects.requireNonNull(Html.class.getResourceAsStream(file), file), UTF_8);
  }

  /** Sends a page, with headers that restrict what the browser may do with it. */
  static void send(HttpServletResponse response, int status, String text) throws IOException {
    response.setStatus(status);
    response.setContentType("text/html");
    response.setCharacterEncoding(UTF_8.name());
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write(text);
  }
}
