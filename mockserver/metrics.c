#include "metrics.h"

int mock_metrics_class(int status)
{
    const int status_class = status / 100;
    return status_class > 0 && status_class < MOCK_METRICS_CLASS_COUNT ? status_class : 0;
}
