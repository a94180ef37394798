package dev.banyan.lua.ngx;

import static dev.banyan.lua.ngx.ApiEntry.Kind.CONSTANT;
import static dev.banyan.lua.ngx.ApiEntry.Kind.CORE_FUNCTION;
import static dev.banyan.lua.ngx.ApiEntry.Kind.FUNCTION;
import static dev.banyan.lua.ngx.ApiEntry.Kind.METHOD;
import static dev.banyan.lua.ngx.ApiEntry.Kind.MODULE;
import static dev.banyan.lua.ngx.ApiEntry.Kind.PROPERTY;

import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.ApiEntry.Kind;
import dev.banyan.lua.ngx.ApiEntry.Support;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one list of everything that lua-nginx-module 0.10.23 and its core library document: the
 * functions are made from it, and so are the sweep test and the compatibility page.
 */
public final class NgxApi {
  private static final Map<String, ApiEntry> ENTRIES = new LinkedHashMap<>();

  static {
    constants();
    request();
    response();
    control();
    text();
    worker();
    sockets();
    modules();
    LibraryEntries.all().forEach(NgxApi::put);
  }

  private NgxApi() {}

  /** All entries, in the order of the documentation's topics. */
  public static List<ApiEntry> entries() {
    return new ArrayList<>(ENTRIES.values());
  }

  /** The entry of a name; empty when the list has none. */
  public static Optional<ApiEntry> find(String name) {
    return Optional.ofNullable(ENTRIES.get(name));
  }

  /**
   * The entry of a name.
   *
   * @throws IllegalArgumentException when the list has none
   */
  public static ApiEntry entry(String name) {
    ApiEntry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(name + " is not in the list of the API");
    }
    return entry;
  }

  private static void add(Kind kind, Set<Phase> phases, String... names) {
    for (String name : names) {
      put(new ApiEntry(name, kind, phases, Support.FULL, ""));
    }
  }

  private static void deviates(Kind kind, Set<Phase> phases, String how, String... names) {
    for (String name : names) {
      put(new ApiEntry(name, kind, phases, Support.DEVIATES, how));
    }
  }

  private static void put(ApiEntry entry) {
    if (ENTRIES.putIfAbsent(entry.name(), entry) != null) {
      throw new IllegalStateException(entry.name() + " is listed twice");
    }
  }

  private static void constants() {
    for (String name : Constants.NUMBERS.keySet()) {
      add(CONSTANT, ApiPhases.ANY, "ngx." + name);
    }
    add(CONSTANT, ApiPhases.ANY, "ngx.null");
  }

  private static void request() {
    add(PROPERTY, ApiPhases.REQUEST, "ngx.var");
    add(PROPERTY, ApiPhases.AFTER_INIT, "ngx.ctx");
    add(PROPERTY, ApiPhases.REQUEST, "ngx.is_subrequest");
    add(PROPERTY, Set.of(Phase.SET, Phase.BODY_FILTER), "ngx.arg");
    add(
        CORE_FUNCTION,
        ApiPhases.REQUEST,
        "ngx.req.get_headers",
        "ngx.req.set_header",
        "ngx.req.clear_header",
        "ngx.req.get_uri_args",
        "ngx.req.get_method",
        "ngx.req.set_method",
        "ngx.req.is_internal");
    add(CORE_FUNCTION, ApiPhases.AFTER_INIT, "ngx.req.start_time");
    add(CORE_FUNCTION, ApiPhases.REQUEST, "ngx.req.http_version", "ngx.req.raw_header");
    add(
        CORE_FUNCTION,
        ApiPhases.REQUEST,
        "ngx.req.set_uri_args",
        "ngx.req.get_post_args",
        "ngx.req.get_body_data",
        "ngx.req.get_body_file",
        "ngx.req.set_body_data",
        "ngx.req.set_body_file",
        "ngx.req.init_body",
        "ngx.req.append_body",
        "ngx.req.finish_body");
    add(CORE_FUNCTION, ApiPhases.REQUEST, "ngx.req.set_uri", "ngx.req.discard_body");
    add(FUNCTION, ApiPhases.ANSWERING, "ngx.req.read_body", "ngx.req.socket");
  }

  private static void response() {
    add(PROPERTY, ApiPhases.REQUEST, "ngx.header", "ngx.status", "ngx.headers_sent");
    add(CORE_FUNCTION, ApiPhases.REQUEST, "ngx.resp.get_headers");
    add(
        FUNCTION,
        ApiPhases.ANSWERING,
        "ngx.say",
        "ngx.print",
        "ngx.send_headers",
        "ngx.flush",
        "ngx.eof");
  }

  private static void control() {
    add(FUNCTION, ApiPhases.EXITING, "ngx.exit");
    add(FUNCTION, ApiPhases.ANSWERING, "ngx.exec", "ngx.redirect", "ngx.on_abort");
    add(FUNCTION, ApiPhases.SUBREQUESTING, "ngx.location.capture", "ngx.location.capture_multi");
    add(
        FUNCTION,
        ApiPhases.WAITING,
        "ngx.sleep",
        "ngx.thread.spawn",
        "ngx.thread.wait",
        "ngx.thread.kill");
    add(FUNCTION, ApiPhases.COROUTINES, "coroutine.create", "coroutine.wrap", "coroutine.yield");
    add(FUNCTION, ApiPhases.ANY, "coroutine.resume", "coroutine.running", "coroutine.status");
    add(FUNCTION, ApiPhases.LASTING, "ngx.timer.at", "ngx.timer.every");
    add(FUNCTION, ApiPhases.ANY, "ngx.timer.running_count", "ngx.timer.pending_count");
    add(FUNCTION, ApiPhases.ANY, "ngx.get_phase");
  }

  private static void text() {
    add(
        FUNCTION,
        ApiPhases.ANY,
        "ngx.escape_uri",
        "ngx.unescape_uri",
        "ngx.encode_args",
        "ngx.decode_args",
        "ngx.encode_base64",
        "ngx.decode_base64",
        "ngx.crc32_short",
        "ngx.crc32_long",
        "ngx.hmac_sha1",
        "ngx.md5",
        "ngx.md5_bin",
        "ngx.sha1_bin",
        "ngx.quote_sql_str",
        "ngx.today",
        "ngx.time",
        "ngx.now",
        "ngx.update_time",
        "ngx.localtime",
        "ngx.utctime",
        "ngx.cookie_time",
        "ngx.http_time",
        "ngx.parse_http_time",
        "ngx.re.match",
        "ngx.re.find",
        "ngx.re.gmatch",
        "ngx.re.sub",
        "ngx.re.gsub",
        "ngx.shared");
  }

  private static void worker() {
    add(FUNCTION, ApiPhases.ANY, "ngx.log", "print", "os.getenv");
    add(FUNCTION, ApiPhases.ANY, "ngx.worker.exiting", "ngx.worker.count", "ngx.worker.id");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "workers are event loops of one process and share its number",
        "ngx.worker.pid",
        "ngx.worker.pids");
    add(
        CONSTANT,
        ApiPhases.ANY,
        "ngx.config.subsystem",
        "ngx.config.debug",
        "ngx.config.nginx_version",
        "ngx.config.ngx_lua_version");
    add(FUNCTION, ApiPhases.ANY, "ngx.config.prefix");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "answers an empty text: nothing was configured by nginx's script",
        "ngx.config.nginx_configure");
    deviates(
        FUNCTION,
        ApiPhases.WAITING,
        "the threads of a pool are shared by all workers, and no port takes a module's place there",
        "ngx.run_worker_thread");
    deviates(
        PROPERTY,
        ApiPhases.ANY,
        "outside of requests what needs a location's settings or the time fails",
        "ndk.set_var.DIRECTIVE");
  }

  private static void sockets() {
    add(
        FUNCTION,
        ApiPhases.WAITING,
        "ngx.socket.tcp",
        "ngx.socket.stream",
        "ngx.socket.udp",
        "ngx.socket.connect");
    add(
        METHOD,
        ApiPhases.WAITING,
        "tcpsock:connect",
        "tcpsock:sslhandshake",
        "tcpsock:send",
        "tcpsock:receive",
        "tcpsock:receiveany",
        "tcpsock:receiveuntil",
        "tcpsock:setkeepalive");
    add(
        METHOD,
        ApiPhases.ANY,
        "tcpsock:close",
        "tcpsock:settimeout",
        "tcpsock:settimeouts",
        "tcpsock:getreusedtimes",
        "tcpsock:setoption",
        "tcpsock:getoption");
    add(METHOD, ApiPhases.BINDING, "tcpsock:bind");
    add(METHOD, ApiPhases.ANY, "tcpsock:setclientcert");
    add(METHOD, ApiPhases.WAITING, "udpsock:setpeername", "udpsock:send", "udpsock:receive");
    add(METHOD, ApiPhases.ANY, "udpsock:close", "udpsock:settimeout");
  }

  private static void secrets() {
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:get_client_random", "ngx.ssl:export_keying_material");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "the JVM's TLS has no early secrets: nil, as without early data",
        "ngx.ssl:export_keying_material_early");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "the JVM's TLS has no pointer to give: nil and \"no ssl object\"",
        "ngx.ssl:get_req_ssl_pointer");
  }

  private static void processes() {
    add(MODULE, ApiPhases.ANY, "ngx.pipe");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "as the JDK starts processes: what a child's own children say after its end is lost",
        "ngx.pipe:spawn");
    deviates(
        METHOD,
        ApiPhases.WAITING,
        "a status of 129 to 192 is taken for a signal's number, as shells tell it",
        "pipe:wait");
    add(METHOD, ApiPhases.WAITING, "pipe:write", "pipe:stdout_read_all", "pipe:stderr_read_all");
    add(METHOD, ApiPhases.WAITING, "pipe:stdout_read_line", "pipe:stderr_read_line");
    add(METHOD, ApiPhases.WAITING, "pipe:stdout_read_bytes", "pipe:stderr_read_bytes");
    add(METHOD, ApiPhases.WAITING, "pipe:stdout_read_any", "pipe:stderr_read_any");
    add(METHOD, ApiPhases.ANY, "pipe:pid", "pipe:set_timeouts", "pipe:shutdown", "pipe:kill");
  }

  private static void modules() {
    add(MODULE, ApiPhases.ANY, "ngx.re", "ngx.base64", "ngx.errlog", "ngx.process");
    add(MODULE, ApiPhases.ANY, "ngx.semaphore", "ngx.balancer", "ngx.resp", "ngx.req");
    add(MODULE, ApiPhases.ANY, "ngx.upstream");
    add(
        FUNCTION,
        ApiPhases.ANY,
        "ngx.upstream:get_upstreams",
        "ngx.upstream:get_servers",
        "ngx.upstream:get_primary_peers",
        "ngx.upstream:get_backup_peers",
        "ngx.upstream:set_peer_down",
        "ngx.upstream:current_upstream_name");
    add(FUNCTION, ApiPhases.ANY, "ngx.semaphore:new");
    add(METHOD, ApiPhases.ANY, "semaphore:post", "semaphore:count");
    add(METHOD, ApiPhases.ANY, "semaphore:wait");
    add(
        CORE_FUNCTION,
        ApiPhases.AFTER_INIT,
        "ngx.balancer:bind_to_local_addr",
        "ngx.balancer:enable_keepalive",
        "ngx.balancer:set_upstream_tls",
        "ngx.balancer:set_current_peer",
        "ngx.balancer:set_more_tries",
        "ngx.balancer:get_last_failure",
        "ngx.balancer:set_timeouts",
        "ngx.balancer:recreate_request");
    add(FUNCTION, ApiPhases.ANY, "ngx.errlog:get_sys_filter_level", "ngx.errlog:raw_log");
    add(FUNCTION, ApiPhases.ANY, "ngx.errlog:set_filter_level", "ngx.errlog:get_logs");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "answers nil and the error of an nginx without the patch of OpenResty",
        "ngx.process:enable_privileged_agent");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "there is one process: \"master\" in init_by_lua, \"worker\" everywhere else",
        "ngx.process:type");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "does nothing: a worker doesn't end alone",
        "ngx.process:signal_graceful_exit");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "answers the number of the one process",
        "ngx.process:get_master_pid");
    add(CORE_FUNCTION, ApiPhases.REQUEST, "ngx.resp:add_header", "ngx.req:add_header");
    processes();
    add(MODULE, ApiPhases.ANY, "ngx.ssl");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:parse_pem_cert", "ngx.ssl:parse_pem_priv_key");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:cert_pem_to_der", "ngx.ssl:priv_key_pem_to_der");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:parse_der_cert", "ngx.ssl:parse_der_priv_key");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:clear_certs", "ngx.ssl:set_cert");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:set_priv_key", "ngx.ssl:set_der_cert");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:set_der_priv_key", "ngx.ssl:server_name");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:server_port", "ngx.ssl:raw_server_addr");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:raw_client_addr", "ngx.ssl:get_tls1_version");
    add(FUNCTION, ApiPhases.ANY, "ngx.ssl:get_tls1_version_str", "ngx.ssl:verify_client");
    secrets();
    add(MODULE, ApiPhases.ANY, "ngx.ssl.clienthello");
    add(
        CORE_FUNCTION,
        Set.of(Phase.SSL_CLIENT_HELLO),
        "ngx.ssl.clienthello:get_client_hello_server_name",
        "ngx.ssl.clienthello:get_client_hello_ext",
        "ngx.ssl.clienthello:get_client_hello_ext_present",
        "ngx.ssl.clienthello:get_client_hello_ciphers",
        "ngx.ssl.clienthello:get_supported_versions",
        "ngx.ssl.clienthello:set_protocols");
    add(MODULE, ApiPhases.ANY, "ngx.ocsp");
    add(FUNCTION, ApiPhases.ANY, "ngx.ocsp:get_ocsp_responder_from_der_chain");
    add(FUNCTION, ApiPhases.ANY, "ngx.ocsp:create_ocsp_request", "ngx.ocsp:validate_ocsp_response");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "answers nil and an error where the client asks for a response: the JVM staples none",
        "ngx.ocsp:set_ocsp_status_resp");
    deviates(
        MODULE,
        ApiPhases.ANY,
        "loads, for handlers that are not called: the JVM keeps and resumes TLS sessions itself",
        "ngx.ssl.session");
    deviates(
        FUNCTION,
        ApiPhases.ANY,
        "answers nil and an error: the JVM neither shows nor takes a session's state",
        "ngx.ssl.session:get_session_id",
        "ngx.ssl.session:get_serialized_session",
        "ngx.ssl.session:set_serialized_session");
    deviates(
        MODULE,
        ApiPhases.ANY,
        "loads as an empty success: the core library is built in",
        "resty.core");
  }
}
