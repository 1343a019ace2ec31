#include "counters.h"

#include <algorithm>
#include <cstring>

#include "memory.h"
#include "opcodes.h"
#include "options.h"

namespace norma {

void KernelCounters::prepare(const Kernel& kernel) {
  warpInstructions.resize(kernel.code.size());
  threadInstructions.resize(kernel.code.size());
  sites.resize(kernel.sites.size());
}

void LoadsInFlight::start(uint32_t rows) {
  load_.assign(rows, 0);
  bytes_.assign(1, 0);
  oldest_ = 0;
}

void LoadsInFlight::use(uint32_t row) { oldest_ = std::max(oldest_, load_[row]); }

void LoadsInFlight::issue(uint32_t row) { load_[row] = bytes_.size(); }

void LoadsInFlight::issued(KernelCounters& counters) {
  bytes_.push_back(bytes_.back());
  counters.mostLoads = std::max(counters.mostLoads, bytes_.size() - 1 - oldest_);
}

void LoadsInFlight::add(uint64_t bytes, KernelCounters& counters) {
  bytes_.back() += bytes;
  counters.mostLoadBytes = std::max(counters.mostLoadBytes, bytes_.back() - bytes_[oldest_]);
}

namespace {

void countDistinct(KernelCounters& counters, Region& region, bool write, uint64_t launch,
                   uint64_t sector) {
  std::vector<uint32_t>& seen = region.sectors[write];
  if (seen.empty()) seen.resize((region.size + kSector - 1) / kSector + 1);
  uint32_t& last = seen[sector - region.base / kSector];
  bool first = last != static_cast<uint32_t>(launch);
  counters.distinctSectors[write] += first;
  counters.elementDistinct[write] += first && holdsElements(region);
  last = static_cast<uint32_t>(launch);
}

}  // namespace

bool holdsElements(const Region& region) {
  int64_t bytes = option(Option::kCount);
  return bytes == 1 || static_cast<int64_t>(region.size) == bytes;
}

int countGlobal(KernelCounters& counters, const Instruction& i, Region& region, uint64_t launch,
                uint32_t lanes, const uint64_t* addresses, int bytes) {
  uint64_t sectors[kWarpSize];
  int count = 0;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    sectors[count++] = addresses[__builtin_ctz(rest)] / kSector;
  }
  if (!std::is_sorted(sectors, sectors + count)) std::sort(sectors, sectors + count);
  SiteCounter& site = counters.sites[i.site];
  site.accesses++;
  site.bytes += count * bytes;
  site.fewest += (count * bytes + kSector - 1) / kSector;
  int different = 0;
  for (int n = 0; n < count; n++) {
    if (n > 0 && sectors[n] == sectors[n - 1]) continue;
    different++;
    countDistinct(counters, region, i.isStore, launch, sectors[n]);
  }
  site.sectors += different;
  if (holdsElements(region)) counters.elementSectors[i.isStore] += different;
  return different;
}

void countShared(KernelCounters& counters, uint32_t lanes, const uint64_t* addresses, int bytes) {
  // Accesses of 8 and 16 bytes go by halves and quarters of a warp.
  int perPass = bytes <= 4 ? 32 : 128 / bytes;
  counters.sharedAccesses++;
  for (int first = 0; first < kWarpSize; first += perPass) {
    uint64_t words[kWarpSize];
    int count = 0;
    for (int l = first; l < first + perPass; l++) {
      for (int b = 0; (lanes >> l & 1) && b < bytes; b += 4) words[count++] = (addresses[l] + b) / 4;
    }
    std::sort(words, words + count);
    int distinct = static_cast<int>(std::unique(words, words + count) - words);
    int inBank[32] = {};
    int most = 0;
    for (int n = 0; n < distinct; n++) most = std::max(most, ++inBank[words[n] % 32]);
    counters.bankConflicts += most > 1 ? most - 1 : 0;
  }
}

namespace {

std::string field(const std::string& name, uint64_t value) {
  return "\"" + name + "\": " + std::to_string(value);
}

uint64_t total(const std::vector<uint64_t>& values) {
  uint64_t result = 0;
  for (uint64_t v : values) result += v;
  return result;
}

uint64_t countOpcode(const Kernel& kernel, const KernelCounters& counters, const char* start) {
  uint64_t result = 0;
  for (size_t n = 0; n < counters.warpInstructions.size(); n++) {
    bool is = opcodeName(kernel.code[n].opcode).compare(0, std::strlen(start), start) == 0;
    if (is) result += counters.warpInstructions[n];
  }
  return result;
}

std::string opcodes(const Kernel& kernel, const KernelCounters& counters) {
  std::map<std::string, uint64_t> sums;
  for (size_t n = 0; n < counters.warpInstructions.size(); n++) {
    uint64_t count = counters.warpInstructions[n];
    if (count != 0) sums[opcodeName(kernel.code[n].opcode)] += count;
  }
  std::string result;
  for (const auto& [name, count] : sums) {
    result += (result.empty() ? "" : ", ") + field(name, count);
  }
  return "\"opcodes\": {" + result + "}";
}

std::string sites(const Kernel& kernel, const KernelCounters& counters) {
  std::string result;
  for (size_t n = 0; n < counters.sites.size(); n++) {
    const SiteCounter& s = counters.sites[n];
    const Instruction& i = *kernel.sites[n];
    result += (result.empty() ? "{" : ", {") + field("line", i.line) + ", \"opcode\": \"" +
              opcodeName(i.opcode) + "\", " + field("accesses", s.accesses) + ", " +
              field("sectors", s.sectors) + ", " + field("fewest", s.fewest) + ", " +
              field("bytes", s.bytes) + "}";
  }
  return "\"sites\": [" + result + "]";
}

}  // namespace

std::string toJson(const Kernel& kernel, const KernelCounters& c) {
  SiteCounter sums[2];
  for (size_t n = 0; n < c.sites.size(); n++) {
    SiteCounter& s = sums[kernel.sites[n]->isStore];
    s.sectors += c.sites[n].sectors;
    s.fewest += c.sites[n].fewest;
    s.bytes += c.sites[n].bytes;
  }
  std::string result = "{\"kernel\": \"" + kernel.name + "\"";
  for (const auto& [name, value] : std::vector<std::pair<const char*, uint64_t>>{
           {"launches", c.launches},
           {"blocks", c.blocks},
           {"warpInstructions", total(c.warpInstructions)},
           {"threadInstructions", total(c.threadInstructions)},
           {"bytesRead", sums[0].bytes},
           {"sectorsRead", sums[0].sectors},
           {"fewestSectorsRead", sums[0].fewest},
           {"distinctSectorsRead", c.distinctSectors[0]},
           {"elementSectorsRead", c.elementSectors[0]},
           {"elementDistinctRead", c.elementDistinct[0]},
           {"bytesWritten", sums[1].bytes},
           {"sectorsWritten", sums[1].sectors},
           {"fewestSectorsWritten", sums[1].fewest},
           {"distinctSectorsWritten", c.distinctSectors[1]},
           {"elementSectorsWritten", c.elementSectors[1]},
           {"elementDistinctWritten", c.elementDistinct[1]},
           {"sharedAccesses", c.sharedAccesses},
           {"bankConflicts", c.bankConflicts},
           {"barriers", c.barriers},
           {"shuffles", countOpcode(kernel, c, "shfl")},
           {"mostLoadsInFlight", c.mostLoads},
           {"mostLoadBytesInFlight", c.mostLoadBytes},
           {"registers", kernel.registers},
           {"sharedBytes", kernel.sharedBytes}}) {
    result += ", " + field(name, value);
  }
  return result + ", " + opcodes(kernel, c) + ", " + sites(kernel, c) + "}";
}

}  // namespace norma
