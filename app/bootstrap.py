"""Builds the object graph. The one module that knows every other."""

from app.services.assembly import Services, build_services

__all__ = ["Services", "build_services"]
