package dnsblmonitor.notify;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.delivery.DeliveryException;
import dnsblmonitor.delivery.TrustedTls;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Tells the failures of an SMTP session apart. A reply 4xx is temporary (RFC 5321, 4.2.1). Without
 * a reply, nothing is repeated once the message is being sent: the server may have accepted it.
 */
final class SmtpFailure {

  private static final int MAX_REPLY = 200;

  private SmtpFailure() {}

  /** Before the message: connection, greeting, TLS, login. */
  static DeliveryException connecting(
      NotifySettings.Mail mail, SMTPTransport smtp, MessagingException failure) {
    Optional<IOException> broken = ioException(failure);
    if (broken.isPresent()) {
      return connecting(mail, broken.get());
    }
    int code = smtp.getLastReturnCode();
    String reply = OneLine.of(String.valueOf(smtp.getLastServerResponse()), MAX_REPLY);
    if (code / 100 == 4) {
      return DeliveryException.temporary("the server is not available: " + reply);
    }
    if (failure instanceof AuthenticationFailedException && code / 100 == 2) {
      return DeliveryException.permanent(
          "the server offers neither of the logins PLAIN and LOGIN on this connection. Check whether it requires TLS for it, and remove user and password from SMTP_URL if it needs none");
    }
    if (failure instanceof AuthenticationFailedException) {
      return DeliveryException.permanent(
          "the login was refused: %s. Check user and password in SMTP_URL".formatted(reply));
    }
    if (code / 100 == 5) {
      return DeliveryException.permanent("the server refused the session: " + reply);
    }
    if (code / 100 == 2 && mail.startTls() && !smtp.supportsExtension("STARTTLS")) {
      return DeliveryException.permanent(
          "the server does not offer STARTTLS, and nothing is sent without TLS. If this port has TLS from the start, write smtps:// in SMTP_URL");
    }
    return DeliveryException.permanent(
        "no SMTP server answered: '%s'. Check host and port, and whether TLS begins at once (smtps://) or with STARTTLS (smtp://)"
            .formatted(reply));
  }

  private static DeliveryException connecting(NotifySettings.Mail mail, IOException broken) {
    return switch (broken) {
      case SSLException e ->
          DeliveryException.permanent(
              OneLine.of(TrustedTls.advice(e), 2 * MAX_REPLY)
                  + (mail.tls() ? "; for a port with STARTTLS write smtp:// in SMTP_URL" : ""));
      case UnknownHostException _ ->
          DeliveryException.temporary("the host name cannot be resolved; check SMTP_URL");
      case SocketTimeoutException _ ->
          DeliveryException.temporary(
              "no answer; check host, port, firewall and NetworkPolicy, and smtp:// or smtps:// in SMTP_URL");
      default ->
          DeliveryException.temporary(
              "cannot connect; check host, port, firewall and NetworkPolicy");
    };
  }

  /** From the sender's address on. */
  static DeliveryException sending(MessagingException failure) {
    List<SMTPAddressFailedException> refused = refused(failure);
    if (failure instanceof SendFailedException sent
        && sent.getValidSentAddresses() != null
        && sent.getValidSentAddresses().length > 0
        && !refused.isEmpty()) {
      return DeliveryException.permanent(
          "delivered to %s, but not to %s"
              .formatted(addresses(sent.getValidSentAddresses()), words(refused)));
    }
    if (!refused.isEmpty()) {
      return refused.stream().allMatch(it -> it.getReturnCode() / 100 == 5)
          ? DeliveryException.permanent(
              "the server refused %s. Check NOTIFY_MAIL_TO, and whether it requires a login"
                  .formatted(words(refused)))
          : DeliveryException.temporary(
              "the server does not accept mail for %s".formatted(words(refused)));
    }
    if (failure instanceof SMTPSendFailedException reply && reply.getReturnCode() / 100 >= 4) {
      return refused(reply);
    }
    return DeliveryException.permanent(
        "the connection broke while the message was sent; not repeated, since it may have arrived");
  }

  private static DeliveryException refused(SMTPSendFailedException reply) {
    String text = OneLine.of(String.valueOf(reply.getMessage()), MAX_REPLY);
    if (reply.getReturnCode() / 100 == 4) {
      return DeliveryException.temporary("the server does not accept the message: " + text);
    }
    return DeliveryException.permanent(
        String.valueOf(reply.getCommand()).startsWith("MAIL")
            ? "the server refused the sender: %s. Check NOTIFY_MAIL_FROM, and whether it requires a login"
                .formatted(text)
            : "the server refused the message: " + text);
  }

  /** The recipients that the server did not accept. */
  private static List<SMTPAddressFailedException> refused(MessagingException failure) {
    List<SMTPAddressFailedException> refused = new ArrayList<>();
    for (Exception e = failure; e instanceof MessagingException link; e = link.getNextException()) {
      if (link instanceof SMTPAddressFailedException address) {
        refused.add(address);
      }
    }
    return refused;
  }

  private static String words(List<SMTPAddressFailedException> refused) {
    return refused.stream()
        .map(it ->
            "%s (%s)"
                .formatted(it.getAddress(), OneLine.of(String.valueOf(it.getMessage()), MAX_REPLY)))
        .collect(joining(", "));
  }

  private static String addresses(Address... addresses) {
    return Arrays.stream(addresses).map(Address::toString).collect(joining(", "));
  }

  private static Optional<IOException> ioException(MessagingException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io && !(io.getCause() instanceof IOException)) {
        return Optional.of(io);
      }
    }
    return Optional.empty();
  }
}
