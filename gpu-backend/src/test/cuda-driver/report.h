// Complaints, which tests read and expect to be none.
#pragma once

#include <string>

namespace norma {

void complain(const std::string& what);

/** Returns the complaints so far, a line each, and forgets them. */
std::string takeComplaints();

}  // namespace norma
