package dev.banyan.gateway;

import dev.banyan.nginx.CoreSettings;
import org.jspecify.annotations.Nullable;

/** nginx's own pages, byte for byte. */
final class ErrorPages {
  private static final String PADDING =
      "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n".repeat(6);

  private ErrorPages() {}

  /** Sends the page of a status; an empty body where nginx has no page for it. */
  static void send(Request r, int status) {
    Response response = r.response();
    response.clearBodyFields();
    int shown = status == 494 || (status >= 495 && status <= 497) ? 400 : response.errorStatus();
    response.errorStatus(shown);
    String title = HttpStatus.pageTitle(status);
    if (title.isEmpty()) {
      response.headers().set("Content-Length", "0");
      response.sendHead();
      response.finish();
      return;
    }
    response.headers().set("Content-Type", "text/html");
    boolean padded = status >= HttpStatus.BAD_REQUEST && wantsPadding(r);
    response.send(Octets.bytes(page(title, r.service().pageToken(serverTokens(r)), padded)));
  }

  private static CoreSettings.ServerTokens serverTokens(Request r) {
    return r.location().core().serverTokens();
  }

  /** The text of a page. */
  static String page(String title, String token, boolean padded) {
    String heading = title;
    String under = "";
    if (title.startsWith("400 ") && !title.equals("400 Bad Request")) {
      under = "<center>" + title.substring(4) + "</center>\r\n";
      heading = "400 Bad Request";
    }
    return "<html>\r\n<head><title>"
        + title
        + "</title></head>\r\n<body>\r\n"
        + "<center><h1>"
        + heading
        + "</h1></center>\r\n"
        + under
        + "<hr><center>"
        + token
        + "</center>\r\n</body>\r\n</html>\r\n"
        + (padded ? PADDING : "");
  }

  private static boolean wantsPadding(Request r) {
    @Nullable String agent = r.headers().first("User-Agent");
    if (agent == null || r.client().exchange().version() < 10) {
      return false;
    }
    return UserAgents.explorer(agent) || agent.contains("Chrome/");
  }
}
