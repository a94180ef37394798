-- Shared by the goldens: every result on a line, bytes that are not printable as \xNN.
local function text(v)
    if type(v) == "string" then
        return '"' .. v:gsub("[^\32-\126]", function(c) return ("\\x%02x"):format(c:byte()) end) .. '"'
    elseif type(v) == "table" then
        local keys = {}
        for k in pairs(v) do
            keys[#keys + 1] = k
        end
        table.sort(keys, function(a, b)
            if type(a) == type(b) then return a < b end
            return type(a) == "number"
        end)
        local parts = {}
        for i, k in ipairs(keys) do
            parts[i] = tostring(k) .. "=" .. text(v[k])
        end
        return "{" .. table.concat(parts, ", ") .. "}"
    end
    return tostring(v)
end

local function pack(...)
    return { ... }, select("#", ...)
end

local function show(name, f, ...)
    local r, n = pack(pcall(f, ...))
    if not r[1] then
        r[2] = tostring(r[2]):gsub("^[^:]*%.lua:%d+: ", "")
    end
    for i = 1, n do
        r[i] = text(r[i])
    end
    ngx.say(name, " -> ", table.concat(r, " ", 1, n))
end
