
local m, f, g = ngx.re.match, ngx.re.find, ngx.re.gsub

show("match", m, "hello, 1234", "([0-9])[0-9]+")
show("unset groups are false", m, "hello, world", "(world)|(hello)|(foo)")
show("trailing unset", m, "hello", "(h)(x)?(y)?")
show("no match", m, "foo", "bar")
show("named", m, "hello, 1234", "(?<first>[0-9])(?<rest>[0-9]+)")
show("named unset", m, "hello", "(?<a>hello)|(?<b>x)")
show("named P", m, "hello", "(?P<a_1>h)")
show("dup names", m, "hello, world", "(?<named>\\w+), (?<named>\\w+)", "D")
show("dup names one", m, "hello, world", "(?<n>x)?(?<n>\\w+)", "D")
show("dup without D", m, "hello, world", "(?<named>\\w+), (?<named>\\w+)")
show("number subject", m, 12345, "3")
show("nil subject", m, nil, "nil")
show("boolean subject", m, true, "tr")
show("caseless", m, "HELLO", "hello", "i")
show("dot", m, "a\nb", "a.b")
show("dotall", m, "a\nb", "a.b", "s")
show("multiline", m, "a\nb", "^b", "m")
show("extended", m, "abc", "a b # comment\n c", "x")
show("anchored", m, "xabc", "abc", "a")
show("utf8", m, "章亦春", ".", "u")
show("utf8 off", m, "章", ".")
show("bad utf8", m, "\255\254", ".", "u")
show("bad utf8 unchecked", m, "a\255", "a", "U")
show("bad utf8 pattern", m, "a", "\255", "u")
show("dfa", m, "hello", "he|hell", "d")
show("dfa groups", m, "hello", "(he|hell)(l)", "d")
show("js class", m, "a[]", "[]", "J")
show("jit", m, "hello", "l+", "jo")
show("cached", m, "hello", "l+", "o")
show("caseless class", m, "XyZ", "[a-z]+", "ijo")

for _, o in ipairs { "H", "jH", " ", "oz" } do
    show("unknown option " .. o, m, "a", "a", o)
end

for _, p in ipairs { "(abc", "abc)", "[abc", "a**", "*", "a{2,1}", "(?<n>a)(?<n>b)", "\\", "(?P<n", "[z-a]",
    "(?:", "(?z)", "a(?#b", "[[:foo:]]", "(?<1a>x)", "\\x{110000}", "(?(1)a|b|c)", "(?<=a+)b",
    "\\1", ("a"):rep(200) .. "(" } do
    show("error " .. p:sub(1, 20), m, "a", p)
end

local ctx = { pos = 3 }
show("from pos", m, "1234, 5678", "\\d+", "", ctx)
ngx.say(ctx.pos)
show("on", m, "1234, 5678", "\\d+", "", ctx)
ngx.say(ctx.pos)
show("off", m, "1234, 5678", "\\d+", "", ctx)
ngx.say(ctx.pos)
for _, p in ipairs { 0, -5, 1, 4, 5, 6, 100 } do
    ctx = { pos = p }
    show("pos " .. p, m, "abcd", "\\w*", "", ctx)
    ngx.say(ctx.pos)
end
ctx = {}
show("no pos", m, "abcd", "b", "o", ctx)
ngx.say(ctx.pos)
show("nil options", m, "abcd", "b", nil, { pos = 2 })

local res = { 7, 8, 9, old = 1 }
show("into a table", m, "hello", "(h)(e)", "", nil, res)
show("same table", function() return m("hello", "h", nil, nil, res) == res end)

show("find", f, "hello, 1234", "([0-9]+)", "jo")
show("find none", f, "hello", "x")
show("find group", f, "hello, 1234", "([0-9])([0-9]+)", "jo", nil, 2)
show("find group 0", f, "hello", "l", "", nil, 0)
show("find negative", f, "hello", "l", "", nil, -1)
show("find beyond", f, "hello", "(l)", "", nil, 2)
show("find unset", f, "hello", "(x)?l", "", nil, 1)
show("find unset trailing", f, "hello", "l(x)?", "", nil, 1)
show("find empty", f, "hello", "")
show("find error", f, "hello", "(")
show("find past", f, "hello", "h", "", { pos = 10 })
ctx = { pos = 2 }
show("find pos", f, "hello hello", "h", "", ctx)
ngx.say(ctx.pos)

local function all(...)
    local it, err = ngx.re.gmatch(...)
    if not it then
        return it, err
    end
    local out = {}
    while true do
        local x, e = it()
        if e then
            return out, e
        end
        if not x then
            return out
        end
        out[#out + 1] = x
    end
end
show("gmatch", all, "hello, world!", "([a-z])([a-z]+)")
show("gmatch empty", all, "ab", "x*")
show("gmatch mixed", all, "axb", "x*")
show("gmatch none", all, "abc", "x")
show("gmatch error", all, "abc", "(")
show("gmatch named", all, "a=1,b=2", "(?<k>\\w)=(?<v>\\w)", "jo")
show("gmatch anchored", all, "aab", "a", "a")
show("gmatch bad utf8", all, "a\255", ".", "u")
show("gmatch for", function()
    local n = 0
    for x in ngx.re.gmatch("a b c", "\\w") do
        n = n + 1
    end
    return n
end)

show("sub", ngx.re.sub, "hello, 1234", "([0-9])[0-9]", "[$0][$1]")
show("sub none", ngx.re.sub, "hello", "x", "y")
show("sub braces", ngx.re.sub, "hello, 1234", "[0-9]", "${0}00")
show("sub dollars", ngx.re.sub, "hello", "l", "$$")
show("sub number", ngx.re.sub, "hello", "l", 7)
show("sub empty", ngx.re.sub, "hello", "", "-")
show("gsub", g, "hello, world", "([a-z])[a-z]+", "[$0,$1]", "i")
show("gsub empty", g, "hello", "", "-")
show("gsub star", g, "hello", "l*", "-")
show("gsub words", g, "a b", "\\b", "|")
show("gsub unset", g, "ab", "(a)|(b)", "<$1$2>")
show("gsub function", g, "hello, world", "([a-z])([a-z]*)", function(x) return x[1]:upper() .. x[2] end)
show("gsub function number", g, "abc", "b", function() return 12 end)
show("gsub function nil", g, "abc", "b", function() return nil end)
show("gsub function nested", g, "abc", "[ab]", function(x) return (g(x[0] .. "z", "z", "<$0>")) end, "jo")
show("gsub function throws", g, "abc", "b", function() error("oops", 0) end)
show("gsub error", g, "abc", "(", "x")
show("gsub utf8", g, "章亦", ".", "[$0]", "u")
show("gsub anchored", g, "aaba", "a", "x", "a")
show("gsub lookbehind", g, "aab", "(?<=a)a", "x")
show("gsub binary", g, "a\0b\0", "\\x00", "<>")
for _, t in ipairs { "$", "a$", "$$$", "${1}", "${1", "${", "$a", "${a}", "$12", "$00", "${ 1}", "$-", "$${1}",
    "$1$" } do
    show("template " .. t, g, "hello", "(l)", t)
end
