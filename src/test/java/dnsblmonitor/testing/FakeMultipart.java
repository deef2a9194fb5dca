package dnsblmonitor.testing;

import dnsblmonitor.testing.FakeJiraIssue.Attachment;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the one file of a {@code multipart/form-data} body (RFC 7578). */
final class FakeMultipart {

  private static final Pattern TYPE = Pattern.compile("multipart/form-data;\\s*boundary=(\\S+)");

  private FakeMultipart() {}

  /**
   * The file in {@code body}.
   *
   * @throws IllegalArgumentException where it is not exactly one part named {@code file}
   */
  static Attachment file(String contentType, String body) {
    Matcher type = TYPE.matcher(contentType);
    if (!type.matches()) {
      throw new IllegalArgumentException("not multipart: " + contentType);
    }
    String boundary = Pattern.quote(type.group(1));
    Matcher part =
        Pattern.compile(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"([^\"]+)\"\r\n(?:[^\r\n]+\r\n)*\r\n(.*)\r\n--%s--\r\n"
                    .formatted(boundary, boundary),
                Pattern.DOTALL)
            .matcher(body);
    if (!part.matches()) {
      throw new IllegalArgumentException("no part named file");
    }
    return new Attachment(part.group(1), part.group(2));
  }
}
