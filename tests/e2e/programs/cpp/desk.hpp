#pragma once

#include <string>

void SpdlogShapes(const std::string& user, int price);
void GlogShapes(const std::string& user, int price);
void BoostShapes(const std::string& user, int price);
void StreamShapes(const std::string& user, int price);
void FmtShapes(const std::string& user, int price);
void HeaderShapes(const std::string& user);

// A template's calls stand in a header.
template <typename T>
class Cart;
