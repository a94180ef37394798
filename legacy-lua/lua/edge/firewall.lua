-- IP firewall: global and per-tenant CIDR lists, and bans that operators set at run time.

local bit = require "bit"
local util = require "edge.util"

local ngx = ngx
local tonumber, ipairs, type = tonumber, ipairs, type
local floor = math.floor

local _M = {}

local bans = ngx.shared.bans

-- ranges of the global list, sorted by their first address
local global_deny = {}

-- "10.0.0.0/8" -> first, last
local function parse_cidr(cidr)
    local address, bits = cidr:match("^([%d%.]+)/?(%d*)$")
    local first = address and util.ipv4(address)
    if not first then
        return nil, "bad CIDR: " .. cidr
    end
    local length = bits == "" and 32 or tonumber(bits)
    if length > 32 then
        return nil, "bad prefix length: " .. cidr
    end
    local size = 2 ^ (32 - length)
    first = floor(first / size) * size
    return first, first + size - 1
end

_M.parse_cidr = parse_cidr

local function compile(list)
    local ranges = {}
    for _, cidr in ipairs(list) do
        local first, last = parse_cidr(cidr)
        if first then
            ranges[#ranges + 1] = { first, last, cidr }
        else
            ngx.log(ngx.WARN, last)
        end
    end
    table.sort(ranges, function(a, b)
        if a[1] ~= b[1] then
            return a[1] < b[1]
        end
        return a[2] > b[2]
    end)
    return ranges
end

local function covers(ranges, ip)
    local low, high = 1, #ranges
    while low <= high do
        local middle = bit.rshift(low + high, 1)
        local range = ranges[middle]
        if ip < range[1] then
            high = middle - 1
        elseif ip > range[2] then
            low = middle + 1
        else
            return range[3]
        end
    end
    return nil
end

-- compiled lists are kept beside the tenant, so a reload of the tenants drops them
local function lists_of(tenant)
    local lists = rawget(tenant, "firewall_lists")
    if not lists then
        local conf = tenant.firewall or {}
        lists = { allow = compile(conf.allow or {}), deny = compile(conf.deny or {}) }
        tenant.firewall_lists = lists
    end
    return lists
end

function _M.init(path)
    local entries = {}
    local file = io.open(path, "r")
    if not file then
        return nil, "no deny list at " .. path
    end
    for line in file:lines() do
        line = util.trim((line:gsub("#.*$", "")))
        if line ~= "" then
            entries[#entries + 1] = line
        end
    end
    file:close()
    global_deny = compile(entries)
    return #global_deny
end

function _M.ban(ip, seconds)
    return bans:set(ip, true, seconds)
end

function _M.unban(ip)
    bans:delete(ip)
end

-- nil when the address may pass, else the reason
function _M.reason(ip, tenant)
    if bans:get(ip) then
        return "banned"
    end
    local number = util.ipv4(ip)
    if not number then
        -- IPv6: only bans apply so far
        return nil
    end
    local lists = lists_of(tenant)
    if #lists.allow > 0 and covers(lists.allow, number) then
        return nil
    end
    local hit = covers(lists.deny, number)
    if hit then
        return "tenant:" .. hit
    end
    hit = covers(global_deny, number)
    if hit then
        return "global:" .. hit
    end
    if #lists.allow > 0 and tenant.firewall.default == "deny" then
        return "not-allowed"
    end
    return nil
end

function _M.access()
    local tenant = ngx.ctx.tenant
    local reason = _M.reason(util.client_ip(), tenant)
    if reason then
        ngx.ctx.blocked_by = "firewall"
        ngx.var.edge_action = "deny"
        ngx.header["X-Edge-Reason"] = type(reason) == "string" and reason or "unknown"
        return ngx.exit(ngx.HTTP_FORBIDDEN)
    end
end

return _M
