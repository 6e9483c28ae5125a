#pragma once
#include <string>
#include <vector>

std::vector<std::string> titles(const std::string &xml);
