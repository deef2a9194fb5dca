package dnsblmonitor.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.delivery.DeliveryException;
import dnsblmonitor.delivery.TrustedTls;
import dnsblmonitor.domain.Secret;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A message as a mail to all recipients, in one SMTP session. The only class that needs Jakarta
 * Mail; it is not loaded unless mail is configured.
 */
final class MailDelivery implements Delivery {

  static final int MAX_ITEMS = 200;

  /** Longer than any {@value #MAX_ITEMS} items. */
  private static final int MAX_LENGTH = 200_000;

  private static final int MAX_SUBJECT = 200;

  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  /** For one reply. An attempt as a whole is ended by an interrupt, which closes the socket. */
  private static final int READ_TIMEOUT_MILLIS = 10_000;

  /**
   * An address literal (RFC 5321, 4.1.3). Left to itself, the library would look up the name of
   * this host, which can hang.
   */
  private static final String OWN_NAME = "[127.0.0.1]";

  /** RFC 5322, 3.3. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final NotifySettings.Mail mail;
  private final Message message;

  MailDelivery(NotifySettings.Mail mail, Message message) {
    this.mail = mail;
    this.message = message;
  }

  @Override
  public String target() {
    return mail.target();
  }

  @Override
  public void attempt() throws DeliveryException, InterruptedException {
    Session session = Session.getInstance(properties());
    // named, instead of found by the thread's class loader
    SMTPTransport smtp =
        new SMTPTransport(session, new URLName("smtp", null, -1, null, null, null));
    try {
      MimeMessage mime = mime(session);
      connect(smtp);
      send(smtp, mime);
    } finally {
      close(smtp);
    }
  }

  private void connect(SMTPTransport smtp) throws DeliveryException, InterruptedException {
    try {
      smtp.connect(
          mail.host(),
          mail.port(),
          mail.login().map(NotifySettings.Login::user).orElse(null),
          mail.login().map(NotifySettings.Login::password).map(Secret::reveal).orElse(null));
    } catch (MessagingException e) {
      checkNotInterrupted();
      throw SmtpFailure.connecting(mail, smtp, e);
    }
  }

  private static void send(SMTPTransport smtp, MimeMessage mime)
      throws DeliveryException, InterruptedException {
    try {
      smtp.sendMessage(mime, mime.getAllRecipients());
    } catch (MessagingException e) {
      checkNotInterrupted();
      throw SmtpFailure.sending(e);
    }
  }

  private static void checkNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static void close(SMTPTransport smtp) {
    try {
      smtp.close();
    } catch (MessagingException e) {
      // what was accepted is accepted
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.localhost", OWN_NAME);
    properties.setProperty("mail.smtp.connectiontimeout", String.valueOf(CONNECT_TIMEOUT_MILLIS));
    properties.setProperty("mail.smtp.timeout", String.valueOf(READ_TIMEOUT_MILLIS));
    properties.setProperty("mail.smtp.auth", String.valueOf(mail.login().isPresent()));
    properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    // one wrong recipient does not keep the message from the others
    properties.setProperty("mail.smtp.sendpartial", "true");
    properties.setProperty("mail.smtp.ssl.enable", String.valueOf(mail.tls()));
    properties.setProperty("mail.smtp.starttls.enable", String.valueOf(mail.startTls()));
    properties.setProperty("mail.smtp.starttls.required", String.valueOf(mail.startTls()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    if (mail.tls() || mail.startTls()) {
      properties.put("mail.smtp.ssl.socketFactory", tls());
    }
    properties.setProperty("mail.smtp.quitwait", "false"); // the message is accepted before
    // else a second connection, with what the JVM trusts
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    return properties;
  }

  private SocketFactory tls() {
    return mail.trustStore()
        .<SocketFactory>map(store -> TrustedTls.context(store).getSocketFactory())
        .orElseGet(SSLSocketFactory::getDefault);
  }

  private MimeMessage mime(Session session) throws DeliveryException {
    String messageId = messageId();
    MimeMessage mime =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
          }
        };
    try {
      mime.setFrom(address("NOTIFY_MAIL_FROM", mail.from()));
      for (String to : mail.to()) {
        mime.addRecipient(RecipientType.TO, address("NOTIFY_MAIL_TO", to));
      }
      mime.setSubject(
          OneLine.of("[%s] %s".formatted(message.deployment(), message.summary()), MAX_SUBJECT),
          UTF_8.name());
      mime.setHeader("Date", DATE.format(message.at()));
      mime.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no automatic replies
      // bytes: for a text, the library would search the class path for a handler
      mime.setDataHandler(
          new DataHandler(
              new ByteArrayDataSource(
                  message.text(MAX_ITEMS, MAX_LENGTH).getBytes(UTF_8),
                  "text/plain; charset=UTF-8")));
      mime.saveChanges();
      return mime;
    } catch (MessagingException e) {
      throw new IllegalStateException("no mail can be made of the message", e);
    }
  }

  /** The same in each attempt, so that a mail that arrives twice is recognized. */
  private String messageId() {
    String domain = mail.from().replaceFirst("^.*@", "").replaceAll("[^A-Za-z0-9.-]", "");
    return "<%s@%s>".formatted(message.id().replaceAll("[^A-Za-z0-9-]", "-"), domain);
  }

  /** One address; the library would take a line break for a folded header. */
  private static Address address(String variable, String text) throws DeliveryException {
    try {
      InternetAddress address = new InternetAddress(text, true);
      if (!address.isGroup() && text.chars().noneMatch(Character::isISOControl)) {
        return address;
      }
    } catch (AddressException e) {
      // said below
    }
    throw DeliveryException.permanent(
        "'%s' is not a mail address. Correct %s".formatted(OneLine.of(text, 100), variable));
  }
}
