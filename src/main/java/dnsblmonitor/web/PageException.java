package dnsblmonitor.web;

import jakarta.servlet.http.HttpServletResponse;

/** A request that no page answers; the message says what is wrong with it and what to do. */
final class PageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String title;
  private final String text;

  private PageException(int status, String title, String text) {
    super(title + ": " + text);
    this.status = status;
    this.title = title;
    this.text = text;
  }

  /** There is nothing with this name. */
  static PageException notFound(String title, String text) {
    return new PageException(HttpServletResponse.SC_NOT_FOUND, title, text);
  }

  /** A part of the address of the page is not what it must be. */
  static PageException badRequest(String text) {
    return new PageException(HttpServletResponse.SC_BAD_REQUEST, "This cannot be shown", text);
  }

  /** The history cannot be read. */
  static PageException unavailable(String text) {
    return new PageException(
        HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The history cannot be read", text);
  }

  int status() {
    return status;
  }

  Html.Message message() {
    return new Html.Message(title, text);
  }
}
