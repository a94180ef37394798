package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The core module's settings of one level. Null templates and files mean "not configured".
 *
 * @param root where files come from
 * @param clientMaxBodySize in bytes; 0 means unlimited
 * @param types media types by lower-case file extension
 * @param keepaliveTimeout zero closes after every response
 * @param keepaliveHeader what the {@code Keep-Alive} header says; zero sends none
 * @param authDelay how long a refusal with 401 is held back
 * @param limitRate bytes a second; null or 0 is unlimited
 */
public record CoreSettings(
    DocumentRoot root,
    String defaultType,
    Map<String, String> types,
    List<ErrorPage> errorPages,
    boolean recursiveErrorPages,
    @Nullable TryFiles tryFiles,
    List<Template> index,
    long clientMaxBodySize,
    long clientBodyBufferSize,
    BodyInFile clientBodyInFileOnly,
    boolean clientBodyInSingleBuffer,
    Duration clientBodyTimeout,
    Duration sendTimeout,
    Duration keepaliveTimeout,
    Duration keepaliveHeader,
    int keepaliveRequests,
    Duration keepaliveTime,
    Set<UnkeptAgent> keepaliveDisable,
    LingeringClose lingeringClose,
    Duration lingeringTime,
    Duration lingeringTimeout,
    boolean resetTimedoutConnection,
    ServerTokens serverTokens,
    Satisfy satisfy,
    Duration authDelay,
    boolean etag,
    IfModifiedSince ifModifiedSince,
    int maxRanges,
    @Nullable Template limitRate,
    @Nullable Template limitRateAfter,
    boolean absoluteRedirect,
    boolean serverNameInRedirect,
    boolean portInRedirect,
    boolean chunkedTransferEncoding,
    boolean logNotFound,
    boolean rewriteLog,
    boolean uninitializedVariableWarn,
    boolean logSubrequest,
    long subrequestOutputBufferSize,
    String postAction,
    Resolver resolver) {
  public CoreSettings {
    types = Map.copyOf(types);
    errorPages = List.copyOf(errorPages);
    index = List.copyOf(index);
    keepaliveDisable = Set.copyOf(keepaliveDisable);
  }

  /** {@code server_tokens}. */
  public enum ServerTokens {
    ON,
    OFF,
    BUILD
  }

  /** {@code keepalive_disable}. */
  public enum UnkeptAgent {
    MSIE6,
    SAFARI,
    NONE
  }

  /** {@code satisfy}. */
  public enum Satisfy {
    ALL,
    ANY
  }

  /** {@code if_modified_since}. */
  public enum IfModifiedSince {
    OFF,
    EXACT,
    BEFORE
  }

  /** {@code lingering_close}. */
  public enum LingeringClose {
    OFF,
    ON,
    ALWAYS
  }

  /** {@code client_body_in_file_only}. */
  public enum BodyInFile {
    OFF,
    CLEAN,
    ON
  }

  /** The error page for a status; the first that names it wins. */
  public @Nullable ErrorPage errorPage(int status) {
    for (ErrorPage page : errorPages) {
      if (page.statuses().contains(status)) {
        return page;
      }
    }
    return null;
  }
}
