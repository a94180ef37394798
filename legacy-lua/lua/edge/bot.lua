-- Sorts clients by their User-Agent: browser, good bot, bad bot, tool, unknown.

local util = require "edge.util"

local ngx = ngx
local re_find = ngx.re.find
local ipairs, tostring = ipairs, tostring

local _M = {}

-- order matters: the first match wins
local classes = {
    { "bad", [[(?:sqlmap|nikto|masscan|zgrab|nmap|dirbuster|gobuster|acunetix|nessus|w3af|havij)]] },
    { "bad", [[(?:semrush|ahrefs|mj12|dotbot|blexbot|petalbot)bot]] },
    { "good", [[(?:googlebot|bingbot|yandexbot|duckduckbot|applebot|baiduspider)]] },
    { "good", [[(?:uptimerobot|pingdom|statuscake)]] },
    { "tool", [[^(?:curl|wget|python-requests|go-http-client|java|okhttp|libwww-perl)/]] },
    { "browser", [[^mozilla/\d\.\d .*(?:chrome|firefox|safari|edge|trident|opera)]] },
}

-- where the good ones come from, by their own documentation (abridged)
local good_networks = {
    googlebot = { "66.249." },
    bingbot = { "40.77.", "157.55.", "207.46." },
    yandexbot = { "5.255.", "77.88." },
}

local cache = setmetatable({}, { __mode = "k" })

function _M.classify(agent)
    if not agent or agent == "" then
        return "none"
    end
    for _, class in ipairs(classes) do
        if re_find(agent, class[2], "joi") then
            return class[1]
        end
    end
    return "unknown"
end

-- A client that says it is googlebot but comes from elsewhere is lying.
local function impostor(agent, ip)
    local lower = agent:lower()
    for name, networks in pairs(good_networks) do
        if lower:find(name, 1, true) then
            for _, prefix in ipairs(networks) do
                if util.starts_with(ip, prefix) then
                    return false
                end
            end
            return true
        end
    end
    return false
end

function _M.access()
    local tenant = ngx.ctx.tenant
    local agent = ngx.var.http_user_agent
    local class = _M.classify(agent)
    if class == "good" and impostor(agent, util.client_ip()) then
        class = "impostor"
    end
    ngx.var.bot_class = class
    ngx.ctx.bot = class
    local policy = cache[tenant]
    if not policy then
        policy = util.set_of(tenant.block_bots or { "bad" })
        cache[tenant] = policy
    end
    if policy[class] then
        ngx.ctx.blocked_by = "bot"
        ngx.var.edge_action = "deny"
        ngx.status = 403
        ngx.header["Content-Type"] = "text/plain; charset=utf-8"
        ngx.header["X-Edge-Reason"] = "bot:" .. tostring(class)
        ngx.print("automated access is not allowed\n")
        return ngx.exit(403)
    end
    ngx.req.set_header("X-Bot-Class", class)
end

return _M
