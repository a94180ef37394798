package dev.banyan.lua.ngx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code ngx.re.find} whose first result alone is asked for, and patterns asked for again. */
class ReFindTest {
  private final NgxRig rig = new NgxRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void tellsWhereAMatchStartsAndNilForNone() {
    assertThat(
            rig.say(
                "local at = ngx.re.find('xxabc', 'B', 'joi') local none = ngx.re.find('xx', 'b', 'jo') "
                    + "ngx.say(at, ' ', none)"))
        .isEqualTo("4 nil\n");
  }

  @Test
  void tellsNilForAPatternThatDoesNotCompile() {
    assertThat(rig.say("local at = ngx.re.find('a', '(', 'jo') ngx.say(at)")).isEqualTo("nil\n");
  }

  @Test
  void refusesAnUnknownOptionAsWithAllResults() {
    String one = "local ok, why = pcall(function() local at = ngx.re.find('a', 'a', 'z') end) ";
    String all =
        "local ok, other = pcall(function() local at, to, err = ngx.re.find('a', 'a', 'z') end) ";
    assertThat(rig.say(one + all + "ngx.say(why ~= nil and why == other)")).isEqualTo("true\n");
  }

  @Test
  void tellsTheSamePatternWithOtherOptionsApart() {
    assertThat(
            rig.say(
                "local p, found = 'a', {} for i, o in ipairs({ 'jo', 'joi', 'jo', 'joi' }) do "
                    + "found[i] = tostring((ngx.re.find('A', p, o))) end ngx.say(table.concat(found, ' '))"))
        .isEqualTo("nil 1 nil 1\n");
  }
}
