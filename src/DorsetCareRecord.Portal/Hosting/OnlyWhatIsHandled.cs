using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DorsetCareRecord.Portal.Hosting;

/// <summary>
/// A page that has no handler for what is asked of it is rendered all the same, by itself and without having opened anything: a form sent to a page
/// that takes none. It is answered 405 instead, but where a page has no handlers at all and only says something, in place of another.
/// </summary>
internal sealed class OnlyWhatIsHandled : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var isAskedFor = HttpMethods.IsGet(context.HttpContext.Request.Method) || HttpMethods.IsHead(context.HttpContext.Request.Method);
        if (!isAskedFor && context.HandlerMethod is null && context.ActionDescriptor.HandlerMethods.Count > 0)
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
