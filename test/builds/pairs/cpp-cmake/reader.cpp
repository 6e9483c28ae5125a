#include "reader.h"
#include <expat.h>

static void onStart(void *found, const char *name, const char **attributes) {
  if (std::string(name) == "book") static_cast<std::vector<std::string> *>(found)->push_back(attributes[1]);
}

std::vector<std::string> titles(const std::string &xml) {
  std::vector<std::string> found;
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &found);
  XML_SetElementHandler(parser, onStart, nullptr);
  XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1);
  XML_ParserFree(parser);
  return found;
}
