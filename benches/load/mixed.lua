-- What readers and programs ask, mixed. The strings come from files in the folder that is given as
-- the argument of the script, one on a line, escaped as they stand in an address.

local weights = {
  { 22, "page" }, { 8, "quoted_page" }, { 3, "browse" },
  { 22, "search" }, { 8, "facets" }, { 10, "quoted" },
  { 10, "article_page" }, { 8, "article" }, { 6, "timeline" }, { 2, "trend" }, { 1, "overview" },
}

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", 7919 * threads)
end

local function lines(path)
  local read = {}
  for line in io.lines(path) do
    if line ~= "" then read[#read + 1] = line end
  end
  assert(#read > 0, path .. " is empty")
  return read
end

function init(args)
  math.randomseed(seed)
  local folder = assert(args[1], "the folder of the strings is missing")
  words, phrases = lines(folder .. "/words"), lines(folder .. "/phrases")
  filters, ids = lines(folder .. "/filters"), lines(folder .. "/ids")
end

local function any(list) return list[math.random(#list)] end

-- One word, often two; every third time with a filter.
local function asked()
  local q = any(words)
  if math.random(2) == 1 then q = q .. "%20" .. any(words) end
  if math.random(3) == 1 then q = q .. "&" .. any(filters) end
  return "q=" .. q
end

local function quoted() return "q=%22" .. any(phrases) .. "%22" end

local addresses = {
  page = function() return "/?" .. asked() end,
  quoted_page = function() return "/?" .. quoted() end,
  browse = function() return "/?sort=newest&" .. any(filters) end,
  search = function() return "/api/v1/search?" .. asked() end,
  facets = function() return "/api/v1/search?facets=true&" .. asked() end,
  quoted = function() return "/api/v1/search?" .. quoted() end,
  article_page = function() return "/article/" .. any(ids) .. "?" .. asked() end,
  article = function() return "/api/v1/article/" .. any(ids) end,
  timeline = function() return "/api/v1/timeline?" .. asked() end,
  trend = function() return "/api/v1/trend?line=" .. any(words) .. "&line=" .. any(words) end,
  overview = function() return "/overview" end,
}

function request()
  local drawn = math.random(100)
  for _, entry in ipairs(weights) do
    drawn = drawn - entry[1]
    if drawn <= 0 then return wrk.format("GET", addresses[entry[2]]()) end
  end
end

function done(summary, latency, _)
  local errors, seconds = summary.errors, summary.duration / 1e6
  local sockets = errors.connect + errors.read + errors.write + errors.timeout
  print(string.format("requests/s        %10.0f", summary.requests / seconds))
  print(string.format("p50               %10.1f ms", latency:percentile(50) / 1e3))
  print(string.format("p90               %10.1f ms", latency:percentile(90) / 1e3))
  print(string.format("p99               %10.1f ms", latency:percentile(99) / 1e3))
  print(string.format("longest           %10.1f ms", latency.max / 1e3))
  print(string.format("answers           %10d, %.1f MB/s", summary.requests, summary.bytes / seconds / 1e6))
  print(string.format("errors            %10d of status, %d of sockets", errors.status, sockets))
end
