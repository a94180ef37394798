local str = require "resty.string"

show("hex", str.to_hex, "\0\1\254\255a")
show("atoi", str.atoi, "  -12x")
show("atoi none", str.atoi, "x12")

for _, name in ipairs { "md5", "sha1", "sha224", "sha256", "sha384", "sha512" } do
    local digest = require("resty." .. name)
    local d = digest:new()
    show(name, function()
        assert(d:update("hel"))
        assert(d:update("lo!!!", 2))
        return str.to_hex(d:final())
    end)
    show(name .. " again", function()
        d:reset()
        d:update("")
        return str.to_hex(d:final())
    end)
end

local random = require "resty.random"
show("random", function() return #random.bytes(16), random.bytes(16) ~= random.bytes(16), #random.bytes(5, true) end)

local aes = require "resty.aes"
local function both(a, text)
    local secret = a:encrypt(text)
    return str.to_hex(secret), a:decrypt(secret)
end
show("aes default", both, aes:new("secret"), "hello")
show("aes salt", both, aes:new("secret", "12345678"), "hello")
show("aes 256 sha512", both, aes:new("secret", nil, aes.cipher(256, "cbc"), aes.hash.sha512, 5), "hello")
show("aes own key", both,
    aes:new("1234567890123456", nil, aes.cipher(128, "cbc"), { iv = "6543210987654321" }), "hello")
show("aes ctr", both, aes:new("1234567890123456", nil, aes.cipher(128, "ctr"), { iv = "6543210987654321" }), "hello")
show("aes ecb", both, aes:new("secret", nil, aes.cipher(128, "ecb")), "hello")
show("aes garbage", function() return (aes:new("secret"):decrypt("garbage")) end)
show("aes bad salt", aes.new, aes, "secret", "1234")
show("aes bad key", aes.new, aes, "secret", nil, aes.cipher(128, "cbc"), { iv = "6543210987654321" })
show("aes unknown", aes.cipher, 128, "xyz")
show("aes gcm", function()
    local a = aes:new(("k"):rep(32), nil, aes.cipher(256, "gcm"), { iv = ("i"):rep(12) })
    local pair = a:encrypt("hello")
    return str.to_hex(pair[1]), str.to_hex(pair[2]), a:decrypt(pair[1], pair[2]), (a:decrypt(pair[1], ("x"):rep(16)))
end)

local gcm = aes.cipher(256, "gcm")
local function tagged(a, aad)
    local pair = a:encrypt("hello", aad)
    return str.to_hex(pair[1]), str.to_hex(pair[2]), a:decrypt(pair[1], nil, aad), a:decrypt(pair[1], pair[2], aad),
        a:decrypt(pair[1], nil, aad), (a:decrypt(pair[1], pair[2], "other"))
end
show("aes gcm of a password", tagged, aes:new("secret", "12345678", gcm, aes.hash.sha512, 5), "associated")
show("aes gcm with a length", tagged, aes:new("secret", nil, gcm, aes.hash.sha256, 1, 12))
show("aes gcm longer", tagged, aes:new(("k"):rep(32), nil, gcm, { iv = ("i"):rep(20) }))
show("aes short iv", both, aes:new(("k"):rep(16), nil, aes.cipher(128, "cbc"), { iv = "short" }), "hello")
show("aes long iv", both, aes:new(("k"):rep(32), nil, aes.cipher(256, "cbc"), { iv = ("i"):rep(32) }), "hello")
show("aes too long iv", aes.new, aes, ("k"):rep(16), nil, aes.cipher(128, "cbc"), { iv = ("i"):rep(17) })
show("aes no iv", aes.new, aes, ("k"):rep(16), nil, nil, {})
show("aes salt of an own key", both, aes:new(("k"):rep(16), "AES", aes.cipher(128, "cbc"), { iv = ("i"):rep(16) }), "hello")
show("aes empty salt", aes.new, aes, "secret", "")

local lock = require "resty.lock"
local l = assert(lock:new("d100", { timeout = 0.05, exptime = 1 }))
show("lock", l.lock, l, "key")
show("lock twice", l.lock, l, "key")
show("locked by another", function()
    local other = lock:new("d100", { timeout = 0.02 })
    return other:lock("key")
end)
show("extend", l.expire, l, 2)
show("unlock", l.unlock, l)
show("unlock twice", l.unlock, l)
show("extend unlocked", l.expire, l, 2)
show("no dict", lock.new, lock, "nope")
show("nil key", l.lock, l, nil)

local pool = require "tablepool"
show("pool", function()
    local t = pool.fetch("tag", 1, 1)
    t.x = 1
    pool.release("tag", t)
    local again = pool.fetch("tag", 1, 1)
    return again == t, again.x, pool.fetch("tag", 1, 1) == t
end)
show("pool noclear", function()
    local t = { x = 1 }
    pool.release("other", t, true)
    return pool.fetch("other").x
end)
show("pool nil", function() pool.release("tag", nil) end)

show("core", function()
    return require "resty.core".version, require "resty.core.base".FFI_OK, require "resty.core.regex".version
end)
show("new_tab", function() return require "resty.core.base".new_tab(1, 1) end)
show("replace", function() return require "resty.core.utils".str_replace_char("a-b-c", "-", "_") end)
