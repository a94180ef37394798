package dev.banyan.lua.ngx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code ngx.pipe} by its documentation, with real processes. */
class PipeTest {
  private static final String OPEN =
      """
      local pipe = require "ngx.pipe"
      local function p(...)
        local t = {}
        for i = 1, select("#", ...) do t[i] = tostring((select(i, ...))) end
        ngx.say(table.concat(t, " "))
      end
      local function e(...) p(pcall(...)) end
      """;

  private final NgxRig rig = new NgxRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private String say(String lua) {
    NgxRig.Run run = rig.content(OPEN.replace('\n', ' ') + lua);
    return run.text() + String.join("", run.log());
  }

  @Test
  void whatAProcessIsToldItAnswers() {
    assertThat(
            say(
                """
                local proc = pipe.spawn({'wc', '-c'})
                p(proc:write(('1234'):rep(2048)), proc:write({'a', 1}), proc:write(12), proc:write(''))
                p(proc:shutdown('stdin'), proc:shutdown('stdin'), proc:write('x'))
                p(proc:stdout_read_line()) p(proc:stdout_read_line()) p(proc:stderr_read_all())
                p(type(proc), type(proc:pid()), getmetatable(proc))
                """))
        .isEqualTo("8192 2 2 0\ntrue true nil closed\n8196\nnil closed \n\ncdata number ffi\n");
  }

  @Test
  void linesOctetsAndWhateverIsThereAreRead() {
    assertThat(
            say(
                """
                local proc = pipe.spawn("printf 'a\\\\r\\\\nbcdefgh'; printf 'oh\\\\n' >&2", {buffer_size = 3})
                p(proc:stdout_read_line()) p(proc:stdout_read_bytes(2)) p(proc:stdout_read_bytes(0))
                p(#proc:stdout_read_any(1)) p(proc:stdout_read_bytes(10)) p(proc:stdout_read_all())
                p(proc:stdout_read_any(1)) p(proc:stderr_read_all()) p(proc:stderr_read_all())
                e(proc.stdout_read_bytes, proc, -1) e(proc.stdout_read_any, proc, 0)
                e(proc.stdout_read_any, proc, 'x') e(proc.stdout_read_bytes, proc) e(proc.write, proc)
                e(proc.shutdown, proc, 'x') e(proc.stdout_read_all, 1) e(proc.kill, proc, 'x')
                """))
        .isEqualTo(
            """
            a
            bc

            1
            nil closed efgh

            nil closed\s
            oh


            false bad len argument
            false bad max argument
            false bad max argument
            false attempt to compare nil with number
            false bad data arg: string, number, or table expected, got nil
            false bad shutdown arg: x
            false not a process instance
            false bad signal arg: number expected, got x
            """);
  }

  @Test
  void theEndIsToldOnce() {
    assertThat(
            say(
                """
                p(pipe.spawn('exit 3'):wait()) p(pipe.spawn({'true'}):wait())
                p(pipe.spawn('kill -9 $$'):wait())
                local proc = pipe.spawn({'sleep', '10'}, {wait_timeout = 20})
                p(proc:wait()) p(proc:kill(0)) p(proc:kill(99)) p(proc:kill(15)) p(proc:wait())
                p(proc:wait()) p(proc:kill(9)) p(proc:write('x')) p(proc:stdout_read_all())
                p(proc:shutdown('stdin'))
                """))
        .isEqualTo(
            """
            false exit 3
            true exit 0
            false signal 9
            nil timeout
            true
            nil invalid signal
            true
            false signal 15
            nil exited
            nil exited
            nil closed
            nil closed
            nil closed
            """);
  }

  @Test
  void whatIsReadTooLateIsPartOfTheFailure() {
    assertThat(
            say(
                """
                local proc = pipe.spawn('printf ab; sleep 10; printf cd', {stdout_read_timeout = 300})
                p(proc:stdout_read_all()) proc:set_timeouts(nil, 10) p(proc:stdout_read_line())
                p(proc:stdout_read_bytes(3)) e(proc.set_timeouts, proc, -1)
                e(proc.set_timeouts, proc, nil, 4294967296) e(proc.set_timeouts, proc, 'x') proc:kill(9)
                proc = pipe.spawn({'sleep', '10'}) proc:set_timeouts(200)
                p(proc:write(('x'):rep(200000))) proc:kill(9)
                """))
        .isEqualTo(
            """
            nil timeout ab
            nil timeout\s
            nil timeout\s
            false bad timeout value
            false bad timeout value
            false attempt to compare string with number
            nil timeout
            """);
  }

  @Test
  void oneThreadAtATimeHasAnEnd() {
    assertThat(
            say(
                """
                local proc = pipe.spawn({'cat'})
                local t = ngx.thread.spawn(function() p(proc:stdout_read_all()) end)
                local w = ngx.thread.spawn(function() p(proc:wait()) end)
                p(proc:stdout_read_line()) p(proc:wait()) p(proc:stderr_read_all == nil)
                p(proc:shutdown('stdout')) ngx.thread.wait(t) p(proc:stdout_read_line())
                ngx.thread.kill(w) proc:kill(9) p(proc:wait())
                proc = pipe.spawn({'sleep', '10'})
                t = ngx.thread.spawn(function() p(proc:write(('x'):rep(200000))) end)
                p(proc:write('y')) p(proc:shutdown('stdin')) ngx.thread.wait(t) p(proc:write('y'))
                proc:kill(9)
                """
                    .replace("p(proc:stderr_read_all == nil)", "")))
        .isEqualTo(
            """
            nil pipe busy reading
            nil pipe busy waiting
            true
            nil aborted\s
            nil closed
            false signal 9
            nil pipe busy writing
            true
            nil aborted
            nil closed
            """);
  }

  @Test
  void stderrMayComeOnStdout() {
    assertThat(
            say(
                """
                local proc = pipe.spawn({'sh', '-c', '>&2 echo data'}, {merge_stderr = true})
                p(proc:stdout_read_all()) p(proc:stderr_read_all()) p(proc:stderr_read_line())
                p(proc:stderr_read_bytes(1)) p(proc:stderr_read_any(1)) p(proc:shutdown('stderr'))
                """))
        .isEqualTo("data\n\n" + "nil merged to stdout\n".repeat(5));
  }

  @Test
  void aProcessHasTheWorkersEnvironmentOrItsOwn() {
    assertThat(
            say(
                """
                p(pipe.spawn('echo "$FOO $HOME $PATH"'):stdout_read_line())
                p(pipe.spawn({'env'}, {environ = {'A=b=c', 'D='}}):stdout_read_all())
                p(pipe.spawn({'printf', '%s', '\\195\\169\\255\\n'}, {environ = {'X=\\200'}}):stdout_read_all())
                e(pipe.spawn, 'x', {environ = true}) e(pipe.spawn, 'x', {environ = {'LANG=C', 'TZ=UTC', {}}})
                e(pipe.spawn, 'x', {environ = {'LANG=C', 'no value'}}) e(pipe.spawn, 'x', {environ = {'=nameless'}})
                e(pipe.spawn) e(pipe.spawn, {}) e(pipe.spawn, 1) e(pipe.spawn, 'x', {buffer_size = 0})
                e(pipe.spawn, 'x', {buffer_size = 'y'}) e(pipe.spawn, 'x', {wait_timeout = -1})
                """))
        .satisfies(text -> assertThat(text).startsWith("hello the HOME "))
        .contains("A=b=c\n", "D=\n", "\u00c3\u00a9\u00ff\n\n")
        .endsWith(
            """
            false bad environ option: table expected, got boolean
            false bad value at index 3 of environ option: string expected, got table
            false bad value at index 2 of environ option: 'name=[value]' format expected, got 'no value'
            false bad value at index 1 of environ option: 'name=[value]' format expected, got '=nameless'
            false bad args arg: table expected, got nil
            false bad args arg: non-empty table expected
            false bad args arg: table expected, got number
            false bad buffer_size option
            false bad buffer_size option
            false bad timeout value
            """);
  }

  @Test
  void whatCanNotBeRunEndsWithOneAndALineInTheLog() {
    assertThat(
            say(
                "local proc = pipe.spawn({'no-such-thing', 'x'}) p(proc:stdout_read_all()) p(proc:wait())"))
        .isEqualTo(
            "\nfalse exit 1\n4 lua pipe child execvp() failed while executing no-such-thing"
                + " (2: No such file or directory)");
  }

  @Test
  void aPhaseThatCanNotWaitStartsAProcessAndTellsItNothing() {
    NgxRig.Run run =
        rig.run(
            Phase.HEADER_FILTER,
            r -> {},
            "local proc = require('ngx.pipe').spawn('sleep 9') local t = {}"
                + " for _, m in ipairs({'write', 'wait', 'stdout_read_all'}) do"
                + " t[#t + 1] = select(2, pcall(proc[m], proc, 'x')) end"
                + " ngx.header.e = table.concat(t, '|') .. tostring(proc:kill(9))");
    String refusal = "API disabled in the context of header_filter_by_lua*";
    assertThat(run.request().responseHeaders().first("e"))
        .isEqualTo(refusal + "|" + refusal + "|" + refusal + "true");
  }

  @Test
  void aProcessThatNobodyHasIsKilled() throws InterruptedException {
    long pid = Long.parseLong(say("p(pipe.spawn({'sleep', '60'}):pid())").strip());
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    for (int i = 0; i < 100 && process.isAlive(); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aProcessOfATimerOutlivesTheRequestThatMadeIt() throws InterruptedException {
    say(
        "ngx.timer.at(0, function() local proc = pipe.spawn('echo late') local line = proc:stdout_read_line()"
            + " ngx.log(ngx.ERR, line, tostring(proc:wait())) end)");
    rig.await(() -> rig.worker.log.stream().anyMatch(line -> line.contains("latetrue")));
    assertThat(rig.worker.log.toString()).contains("latetrue");
  }
}
